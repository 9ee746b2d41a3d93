/// What a literal match looks for.
struct Literal: Hashable {
    /// Its units as the index has them: candidates are found by these.
    let sequence: UnitSequence
    /// Its units at the fold level that a query narrows to: candidates must have these in their stored text. Nil when
    /// the level is the index's own.
    let narrowed: UnitSequence?

    /// The units that the text of a match has, at the query's level.
    var wanted: UnitSequence { narrowed ?? sequence }
}
