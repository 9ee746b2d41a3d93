// What the interface of this module is made of, so that `import Suoyin` is all it takes. The rest of the modules below is none
// of its promise.
@_exported public import struct Articles.EncodingName
@_exported public import enum Articles.ArticleInput
@_exported public import enum Articles.ArticlesError
@_exported public import enum Articles.Exclusion
@_exported public import struct Articles.FileSelection
@_exported public import enum InvertedIndex.IndexError
@_exported public import Model
