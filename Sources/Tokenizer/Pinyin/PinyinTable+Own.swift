extension PinyinTable {
    /// Characters that are read in more than one way, tones aside, where ordinary words, family names or places have them so:
    /// each with all its readings. ICU's is the first, whatever the order here.
    static let others: StaticString = """
        〇ling 行xing hang heng 重zhong chong 长zhang chang 乐le yue lao 单dan shan chan 解jie xie 曾ceng zeng \
        朝chao zhao 藏cang zang 传chuan zhuan 弹dan tan 调diao tiao 都dou du 恶e wu 给gei ji 还hai huan 和he huo hu \
        会hui kuai 降jiang xiang 校xiao jiao 角jiao jue 觉jue jiao 卡ka qia 壳ke qiao 落luo la lao 绿lv lu 埋mai man \
        没mei mo 脉mai mo 模mo mu 迫po pai 奇qi ji 强qiang jiang 区qu ou 色se shai 厦sha xia 石shi dan 识shi zhi 似shi si \
        宿su xiu 提ti di 尾wei yi 系xi ji 吓xia he 省sheng xing 血xue xie 削xue xiao 薄bao bo 剥bo bao 暴bao pu 便bian pian \
        伯bo bai 柏bai bo 参can shen cen 差cha chai ci 禅chan shan 称cheng chen 盛sheng cheng 匙shi chi 臭chou xiu \
        绰chuo chao 伺ci si 撮cuo zuo 大da dai 得de dei 的de di 地de di 了le liao 着zhe zhao zhuo 佛fu fo 否fou pi 脯pu fu \
        咖ka ga 合he ge 红hong gong 虹hong jiang 茄jia qie 贾jia gu 见jian xian 颈jing geng 劲jin jing 咀ju zui 车che ju \
        咳hai ke 俩lia liang 勒lei le 六liu lu 陆lu liu 露lu lou 率lv shuai 络luo lao 蔓man wan 氓mang meng 秘mi bi 泌mi bi \
        缪mou miao miu 抹mo ma 牟mou mu 那na nei 哪na nei 娜na nuo 尿niao sui 弄nong long 疟nve yao 胖pang pan 刨pao bao \
        炮pao bao 屏ping bing 朴pu piao po 瀑pu bao 曝pu bao 栖qi xi 稽ji qi 荨xun qian 亲qin qing 雀que qiao 塞sai se \
        杉shan sha 召zhao shao 折zhe she 蛇she yi 什shen shi 莘shen xin 数shu shuo 说shuo shui yue 沓da ta 拓ta tuo \
        汤tang shang 陶tao yao 褪tui tun 驮tuo duo 万wan mo 尉wei yu 蔚wei yu 洗xi xian 纤xian qian 巷xiang hang 叶ye xie \
        邪xie ye 咽yan ye 殷yin yan 钥yao yue 艾ai yi 遗yi wei 约yue yao 员yuan yun 咋za zha 择ze zhai 扎zha za 轧ya zha ga \
        粘zhan nian 爪zhao zhua 殖zhi shi 属shu zhu 琢zuo zhuo 柞zha zuo 盖gai ge 蚌bang beng 磅bang pang 膀bang pang \
        辟pi bi 扁bian pian 泊po bo 卜bo bu 澄cheng deng 仇chou qiu 畜chu xu 叨dao tao 度du duo 囤dun tun 龟gui jun qiu \
        柜gui ju 吭keng hang 貉hao he 核he hu 芥jie gai 嚼jue jiao 桔ju jie 炅jiong gui 句ju gou 槛kan jian 姥lao mu \
        偻lou lv 捋lv luo 呢ne ni 拗ao niu 仔zi zai 栅zha shan 隽juan jun 圈quan juan 券quan xuan 若ruo re 熟shu shou \
        谁shei shui 亡wang wu 圩wei xu 涡wo guo 戏xi hu 吁xu yu 许xu hu 浒hu xu 荥xing ying 熨yun yu 攒zan cuan 祭ji zhai \
        翟di zhai 查cha zha 乘cheng sheng 尺chi che 俟qi si 澹dan tan 铛dang cheng 氏shi zhi 兹zi ci 宛wan yuan 蕃fan bo \
        番fan pan 铅qian yan 枞cong zong 浚jun xun 筠yun jun 珲hui hun 歙she xi 莞guan wan 渑mian sheng 犍jian qian \
        谜mi mei 堡bao bu pu 裨bi pi 颤chan zhan 裳shang chang 刹sha cha 蛤ha ge 嗨hai hei 靓jing liang 烙lao luo 碌lu liu \
        忒te tui 挟xie jia 这zhe zhei 粥zhou yu 幢chuang zhuang 椎chui zhui 丁ding zheng 呆dai ai 塔ta da \
        仡ge yi 溺ni niao 埔bu pu 涌yong chong 嘲chao zhao 坻chi di 郇huan xun 郗xi chi 奘zang zhuang 厕ce si 峙zhi shi \
        亟ji qi 缉ji qi 夹jia ga 桁heng hang 溃kui hui 括kuo gua 适shi kuo
        """
}
