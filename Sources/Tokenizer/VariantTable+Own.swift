/// The project's own variants, in groups with one reason each; <doc:Variants> says what is not among them, and why.
///
/// Each string holds pairs of a variant and what it folds to, with a space between pairs, ascending by the variant.
/// A variant is written as ICU leaves it; what it folds to is not a variant itself, by ICU's table or by these.
extension VariantTable {
    static let groups: [Group] = [
        Group("ramie", settled),
        Group("readmitted variants", readmitted),
        Group("Taiwan and Hong Kong", regional),
        Group("simplified forms", simplified),
        Group("Japanese", japanese),
        Group("abolished variants", abolished),
        Group("older print", printed),
        Group("radicals", radicals),
    ]

    /// ICU exchanges 苧 and 苎 and makes 薴 into 苧, so that folding twice would undo folding once. All three are read
    /// as 苎, ramie; 薴, of limonene (薴烯), is the rarest of them and has no other way to be found in Simplified text.
    private static let settled: StaticString = """
        苧苎
        """

    /// Variants abolished in 1955 that the standard list of 2013 admits again, but for names or a single word only,
    /// where texts write the same name or word both ways: 钱锺书 and 钱钟书, 甦醒 and 苏醒, 扞格 and 捍格, 束脩 and 束修,
    /// 玉谿 and 玉溪, 迳自 and 径自, 劄记 and 札记. These are the only characters of that list that fold.
    private static let readmitted: StaticString = """
        劄札 扞捍 甦苏 脩修 谿溪 迳径 锺钟
        """

    /// Forms that the standards of Taiwan or Hong Kong prefer, or that are met there daily: 妳, 牠, 麪 and 滙.
    private static let regional: StaticString = """
        冑胄 妳你 嫺娴 峯峰 幷并 拚拼 擡抬 枱台 枴拐 柺拐 滙汇 牠它 痺痹 秏耗 糉粽 糭粽 衞卫 蹠跖 遶绕 鲶鲇 麪面 麫面
        """

    /// Simplified forms that ICU's data lacks. Some are from the table of 1964 (矇 and 濛 are 蒙, 鞦韆 is 秋千); most are
    /// simplified by analogy with another character (礄 as 桥), found in names of persons, places, fishes and stars.
    private static let simplified: StaticString = """
        㑯㑔 㑳㑇 㑶㐹 㓨刾 㘚㘎 㜄㚯 㜏㛣 㥮㤘 㩳㧐 䁻䀥 䃮鿎 䉴鹮 䋚䌻 䋹䌿 䍦䍠 䎱䎬 䙡䙌 䜀䜧 䥇䦂 䥑鿏 䥱䥾 䦛䦶 䦟䦷 䱷䲣 \
        䲘鳤 俥伡 倲㑈 偑㐽 儁俊 儎傤 厤历 嘓啯 噁恶 囌苏 墶垯 壪塆 媰㛀 嬃媭 孋㛤 嵗岁 嵾㟥 嶨峃 幓㡎 廎庼 彔录 彠彟 慺㥪 憖慭 \
        懤㤽 掆㧏 揯搄 敓敚 斆敩 朮术 棡㭎 椲㭏 槮椮 槶椢 樢㭤 樧榝 樫㭴 樳桪 樿椫 欅榉 涗涚 渢沨 溮浉 溳涢 漊溇 潚㴋 澐沄 濄㳡 \
        濓濂 濚溁 濛蒙 濜浕 濧㳔 瀂澛 灡㳕 灩滟 犛牦 璡琎 璯㻅 璵玙 璸瑸 矇蒙 硃朱 磾䃅 礄硚 穇䅟 籔䉤 籛篯 緼缊 纇颣 罃䓨 翬翚 \
        翽翙 膕腘 膞䏝 萴荝 蒕蒀 薵䓓 藭䓖 蘀萚 蠁蚃 衹只 襉裥 襴襕 讅谉 讋詟 躎䟢 輼辒 醣糖 釾䥺 鈅钥 鈡钟 鉆钻 鍼针 鎌镰 鎶鿔 \
        鏺䥽 鐥䦅 鐯䦃 钂镋 靆叇 靉叆 鞦秋 韆千 韝鞲 鬹鬶 鮣䲟 鯗鲞 鰆䲠 鰌䲡 鰛鳁 鰧䲢 鱓鳝 鶿鹚 鷉䴘 鷴鹇 鸊䴙 麴曲 鼂鼌 龑䶮
        """

    /// Forms of Japan since 1946 (新字体), with others that only Japanese print and names use (﨑, 髙, 嶋), where the
    /// Chinese counterpart leaves no doubt. See <doc:Variants> for those that are left out because they do.
    private static let japanese: StaticString = """
        両两 乗乘 亀龟 亊事 亜亚 仏佛 仮假 伝传 価价 倶具 倹俭 偐赝 児儿 円圆 冨富 冩写 処处 凾函 刄刃 剣剑 剤剂 剰剩 労劳 効效 \
        勅敕 勧劝 勲勋 単单 厳严 収收 呉吴 唖哑 喩喻 営营 噛啮 嚢囊 団团 囲围 図图 圏圈 圧压 塁垒 塩盐 増增 壊坏 壌壤 壱壹 売卖 \
        壷壶 変变 奨奖 姉姐 嬢娘 実实 寛宽 対对 専专 尭尧 嵜崎 嶋岛 嶌岛 巌岩 巣巢 巻卷 帯带 帰归 幇帮 庁厅 広广 廃废 弌一 弍二 \
        弐贰 弾弹 従从 徤健 徳德 徴征 応应 恵惠 悩恼 悪恶 懐怀 懴忏 戦战 戯戏 戸户 戻戾 払拂 抜拔 択择 拝拜 拠据 拡扩 挙举 挿插 \
        捜搜 掲揭 掻搔 揺摇 摂摄 撃击 撹搅 攅攒 斉齐 斎斋 昿旷 晩晚 暁晓 暦历 曽曾 枩松 栄荣 桜樱 桟栈 梹槟 検检 椶棕 楡榆 楽乐 \
        槗桥 様样 槙槇 権权 欝郁 歓欢 歩步 歯齿 歳岁 歴历 殻壳 毎每 気气 沢泽 浄净 涙泪 渇渴 済济 渉涉 渋涩 渓溪 渕渊 満满 溌泼 \
        滝泷 澁涩 濵滨 瀬濑 焔焰 焼烧 煕熙 熈熙 犠牺 猟猎 獏貘 獣兽 畳叠 疂叠 痩瘦 発发 皐皋 県县 矦侯 砕碎 砿矿 稲稻 穂穗 穏稳 \
        穣穰 竃灶 竒奇 竜龙 竸竞 篠筱 篭笼 籖签 粋粹 粛肃 経经 絵绘 継继 続续 総总 縁缘 縄绳 縦纵 繊纤 繋系 繍绣 纎纤 羮羹 翆翠 \
        聟婿 聡聪 聴听 肬疣 脳脑 臈腊 臓脏 舎舍 舗铺 艢樯 艪橹 苺莓 荘庄 萠萌 蔵藏 蕚萼 薗园 薫薰 薬药 蘯荡 蛍萤 蝋蜡 衂衄 覇霸 \
        覊羁 覚觉 覧览 観观 訳译 読读 諌谏 譲让 豊丰 賍赃 賎贱 賔宾 賛赞 軆体 転转 軽轻 輌辆 輙辄 辺边 逓递 逹达 遅迟 邉边 郷乡 \
        酔醉 醗酦 醤酱 醸酿 釈释 釼剑 鈬铎 鉄铁 鉱矿 銭钱 鋳铸 錬炼 鑚钻 閙闹 閠闰 陥陷 険险 隠隐 隣邻 隲骘 雑杂 霊灵 頚颈 頬颊 \
        頼赖 顕显 颕颖 餝饰 駅驿 駆驱 騒骚 験验 髄髓 髙高 髪发 鬂鬓 鯵鲹 鴎鸥 鴬莺 鶏鸡 鹸碱 麁粗 麺面 黒黑 黙默 鼡鼠 齢龄 龝秋 \
        﨑崎
        """

    /// Variants that the table of 1955 (第一批异体字整理表) abolished, with their kin: the same word in another dress.
    /// Not those that came back as words of their own (犇, 雠, 皙, 祇), nor those that write Cantonese (嘅, 噉).
    private static let abolished: StaticString = """
        䇲策 䜩宴 亯享 亱夜 亾亡 佀似 俛俯 俻备 倂并 倐倏 倸睬 偪逼 傌骂 傚效 僊仙 儵倏 兎兔 冄冉 冣最 冦寇 冺泯 凢凡 凴凭 刦劫 \
        刧劫 刱创 刼劫 剉锉 剏创 剱剑 剳札 剹戮 劎剑 劒剑 劵券 勌倦 勑敕 勣绩 勦剿 匟炕 匲奁 匳奁 卆卒 厀膝 厓崖 厰厂 叅参 叡睿 \
        吚咿 呌叫 呪咒 咊和 咲笑 哶咩 唫吟 啎忤 啗啖 啣衔 嗁啼 嘷嗥 囘回 囙因 囬回 坵丘 坿附 垇坳 垜垛 垻坝 埜野 埳坎 堦阶 堿碱 \
        塲场 塼砖 墖塔 墪墩 墰坛 壄野 壻婿 夘卯 妬妒 妷侄 姙妊 婣姻 婬淫 媍妇 媿愧 嬾懒 宂冗 宼寇 寀采 寃冤 寍宁 寑寝 寔实 寗宁 \
        寘置 寳宝 尒尔 尟鲜 尠鲜 峝峒 峩峨 崐昆 崕崖 崘仑 嵒岩 嶽岳 巗岩 帀匝 帋纸 幙幕 庽寓 廐厩 廕荫 廵巡 廹迫 廼乃 彊强 彫雕 \
        徃往 徧遍 怱匆 怳恍 恠怪 悋吝 悤匆 惥恿 惷蠢 愬诉 愽博 慂恿 慙惭 慽戚 憇憩 懽欢 戞戛 戹厄 戼卯 拏拿 拕拖 挐拿 挵弄 捄救 \
        捱挨 掽碰 揑捏 揫揪 揷插 揹背 搤扼 搯掏 擕携 攩挡 攷考 敂叩 敍叙 敭扬 敺驱 斈学 斮斫 斲斫 斵斫 旂旗 旤祸 旹时 昚慎 昬昏 \
        昰是 晄晃 晳晰 晻暗 暎映 暠皓 曐星 朢望 朶朵 枏楠 柟楠 査查 栁柳 栞刊 栢柏 桒桑 桮杯 桺柳 棊棋 椉乘 椗碇 椷缄 楥楦 楳梅 \
        榦干 槑梅 槕桌 槩概 槼规 橜橛 橤蕊 櫂棹 櫈凳 欬咳 歗啸 殀夭 殭僵 殽淆 毘毗 毧绒 氷冰 汚污 泝溯 涖莅 淛浙 淩凌 湻淳 湼涅 \
        滛淫 潄漱 澣浣 濇涩 濳潜 濶阔 灋法 炤照 烖灾 烱炯 煇辉 煑煮 煖暖 煗暖 爕燮 牎窗 牐闸 牓榜 牕窗 牴抵 犂犁 狥徇 猨猿 獆嗥 \
        獘毙 獧狷 玅妙 珎珍 珮佩 琍璃 琖盏 琱雕 琹琴 瑇玳 瑠琉 璚琼 璢琉 璿璇 瓈璃 瓌瑰 瓨缸 甁瓶 甎砖 甖罂 甞尝 畆亩 畊耕 畒亩 \
        畧略 畮亩 畱留 疉叠 疋匹 疎疏 疘肛 疿痱 痐蛔 痲麻 痳淋 瘉愈 瘖喑 皜皓 皷鼓 盋钵 盌碗 眎视 眡视 睠眷 矁瞅 矴碇 硷碱 碁棋 \
        碪砧 磟碌 禩祀 秊年 秌秋 秖只 稬糯 稭秸 稺稚 稾稿 穅糠 穉稚 穐秋 穤糯 穽阱 窓窗 窰窑 窻窗 竚伫 竝并 竢俟 筞策 筩筒 筭算 \
        筯箸 箒帚 箚札 篛箬 簑蓑 簒篡 籢奁 粃秕 粦磷 粺稗 糺纠 紥扎 絏绁 緜绵 緥褓 繖伞 繙翻 缾瓶 罇樽 罋瓮 罸罚 羢绒 翄翅 耡锄 \
        肎肯 肐胳 胷胸 脃脆 脇胁 脗吻 膓肠 臕膘 臙胭 臝骡 臯皋 舘馆 舡船 舩船 艸草 茘荔 菑灾 菴庵 萲萱 葠参 蓡参 蓴莼 蓺艺 蔆菱 \
        蔕蒂 蔘参 蕋蕊 蕿萱 藂丛 蘂蕊 蘐萱 蘓苏 蘤花 虵蛇 蚘蛔 蛕蛔 蜋螂 蜨蝶 蝯猿 螎融 螘蚁 螡蚊 蟁蚊 蟇蟆 蠒茧 蠭蜂 衇脉 衕同 \
        衺邪 袟帙 袠帙 袵衽 裌夹 襃褒 襢袒 覔觅 覜眺 覩睹 觔斤 觕粗 觝抵 詧察 詶酬 誖悖 諐愆 諙话 諠喧 謌歌 譌讹 譔撰 譭毁 讁谪 \
        讐雠 讙欢 貛獾 賉恤 趂趁 跥跺 踁胫 踈疏 踫碰 蹏蹄 蹔暂 蹵蹴 躭耽 躰体 躱躲 躳躬 躶裸 輭软 辝辞 辠罪 辢辣 辤辞 迯逃 迻移 \
        逈迥 逩奔 遡溯 酖鸩 酧酬 醆盏 醕醇 醻酬 鈆铅 鉏锄 鍫锹 鎻锁 鑛矿 鑤刨 鑵罐 铇刨 闚窥 阬坑 阯址 陗峭 陻堙 陿狭 隂阴 隷隶 \
        雰氛 靭韧 靱韧 鞌鞍 鞵鞋 鞾靴 韈袜 韤袜 頟额 頫俯 顇悴 顋腮 飃飘 飜翻 飤饲 飱飧 餈糍 餹糖 餻糕 饍膳 駈驱 駞驼 駮驳 騐验 \
        騣鬃 驩欢 骔鬃 骽腿 骾鲠 髈膀 髣仿 髥髯 髴佛 鬉鬃 鬦斗 鬪斗 鱻鲜 鴈雁 鵞鹅 鵰雕 鵶鸦 鸎莺 鹻碱 麞獐
        """

    /// Forms of older print and handwriting, and of Unicode's sources that were encoded apart: 值 as 値, 既 as 旣.
    private static let printed: StaticString = """
        侫佞 値值 偸偷 偺咱 傁叟 儍傻 兪俞 刴剁 匃丐 卭卬 卽即 厎砥 呑吞 喒咱 噐器 嚬颦 囯国 圀国 坆坟 塟葬 塡填 墫樽 壐玺 夀寿 \
        姸妍 娯娱 嫰嫩 孼孽 宐宜 尙尚 屛屏 帒袋 廸迪 恊协 悊哲 惪德 愼慎 抝拗 揅研 揜掩 搇揿 摠总 擥揽 擧举 敎教 旛幡 旣既 昻昂 \
        曡叠 曺曹 朙明 朞期 棃梨 棅柄 槀稿 槪概 橆无 歺歹 沲沱 淸清 湏须 煠炸 犲豺 玆兹 甿氓 畄留 畵画 畺疆 皃貌 皡皞 皥皞 盙簠 \
        砦寨 碯瑙 磇砒 磵涧 秔粳 箠捶 簛筛 糓谷 糿纠 緖绪 繈襁 繦襁 羃幂 羗羌 耼聃 聦聪 肧胚 膆嗉 荅答 莕荇 葢盖 蒭刍 虗虚 蟚蟛 \
        蠏蟹 襍杂 觧解 訽诟 詾讻 豋登 貭质 贒贤 跴踹 蹻跷 躧屣 迊匝 逺远 郞郎 郰鄹 鄕乡 醡榨 醩糟 釬焊 銕铁 鍳鉴 鎭镇 鏥锈 鐀匮 \
        閇闭 阸厄 陁陀 隖坞 霛灵 靑青 靣面 鞉鼗 頣颐 顖囟 顚颠 飡餐 飮饮 餙饰 餠饼 饟饷 駦腾 騈骈 驘骡 骻胯 鶵雏 鶽隼 麄粗 齅嗅
        """

    /// Radicals that Unicode encodes as symbols, as they come out of PDF files: ⻓ for 长. NFKC folds the Kangxi radicals
    /// and two of the supplement's; these are the supplement's others, each read as the ideograph that Unicode calls
    /// its equivalent, if that is in the basic plane.
    private static let radicals: StaticString = """
        ⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 \
        ⺜日 ⺝月 ⺞歹 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺫目 ⺬示 ⺭礻 ⺯纟 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺶羊 ⺹耂 \
        ⺺肀 ⺻聿 ⺼肉 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻈讠 ⻉贝 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑长 ⻒镸 ⻓长 ⻔门 \
        ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻟饣 ⻠饣 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫齐 ⻬齐 ⻭齿 ⻮齿 ⻯龙 \
        ⻰龙 ⻱龟 ⻲龟
        """
}
