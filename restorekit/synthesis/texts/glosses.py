"""What readers write at words they have looked up: how these are read, or what they mean."""

from __future__ import annotations

import re

PINYIN = """\
上shàng 天tian 来lái 里li 要yào 水shui 小xiao 是shì 时shí 家jia 看kàn 学xué 都dou 大dà 很hen 书shu 去qù
出chu 从cóng 后hòu 下xià 次cì 地dì 得dé 老lao 河hé 面miàn 高gao 每mei 走zou 会huì 候hòu 和hé 山shan
用yòng 路lù 回huí 开kai 多duo 边bian 最zuì 电diàn 年nián 说shuo 物wù 变biàn 长cháng 分fen 白bái 常cháng
动dòng 生sheng 树shù 千qian 校xiào 度dù 明míng 气qì 体ti 转zhuàn 球qiú 条tiáo 城chéng 本ben 方fang 写xie
想xiang 数shù 给gei 前qián 好hao 米mi 种zhòng 车che 光guang 星xing 市shì 师shi 晚wan 东dong 色sè 阳yáng
头tóu 先xian 话huà 快kuài 讲jiang 叶yè 见jiàn 离lí 比bi 空kong 能néng 放fàng 起qi 海hai 期qi 月yuè 法fa
间jian 点dian 黑hei 钟zhong 关guan 坐zuò 组zu 结jié 石shí 喜xi 欢huan 夏xià 风feng 声sheng 音yin 室shì
读dú 植zhí 南nán 听ting 化huà 字zì 形xíng 图tú 教jiào 劳láo 火huo 土tu 样yàng 观guan 察chá 越yuè 绿lù
纸zhi 村cun 新xin 围wéi 亲qin 唱chàng 歌ge 食shí 算suàn 安an 借jiè 房fáng 活huó 认rèn 远yuan 果guo 实shí
验yàn 朋péng 友you 收shou 田tián 记jì 升sheng 兴xing 茶chá 草cao 母mu 早zao 参can 加jia 直zhí 题tí
等deng 知zhi 马ma 运yùn 工gong 请qing 料liào 公gong 园yuán 速sù 量liàng 温wen 整zheng 故gù 课kè 亮liàng
国guó 名míng 苦ku 作zuò 论lùn 春chun 黄huáng 倍bèi 保bao 护hù 送sòng 古gu 木mù 皮pí 旧jiù 布bù 造zào
养yang 忘wàng 科ke 准zhun 育yù 季jì 按àn 序xù 农nóng 冬dong 班ban 男nán 轻qing 铁tie 建jiàn
"""
"""How common characters are read; fonts of handwriting have the marks of two tones of the four."""
MEANINGS = """\
water水 three三 before以前 magnet磁铁 weeks星期 found发现 triangle三角形 every每个 behind在后面
rises上升 leave离开 village村子 green绿色 stones石头 built建造 density密度 roads路 empty空的 parents父母
twenty二十 together一起 should应该 oxygen氧气 afternoon下午 heart心 weather天气 angles角 people人们
breathe呼吸 whole整个 longer更长 school学校 difficult难的 plant植物 market市场 doctor医生 animals动物
volume体积 morning早上 leaves叶子 letters信 trees树 cards卡片 beach海边 attracts吸引 copper铜 train火车
missed错过 teacher老师 suitcase箱子 measured量 lorry卡车 across过 bicycles自行车 postcard明信片
cinema电影院 corner角落 winter冬天 flour面粉 light光 students学生 today今天 faster更快 vegetables蔬菜
lever杠杆 music音乐 address地址 soldiers士兵 divided除以 temperature温度 volunteers志愿者 repair修理
homework作业 exercises作业 practice学习 suddenly突然 remembered记得 example例子 carbon碳 dioxide二氧化物
force力 handle把手 month月 blood血 vapour蒸气 sentences句子 office办公室 rivers河 clouds云
equilateral等边的 grandmother奶奶 birds鸟 shadow影子 lengths长度 space空间 sound声音 scientists科学家
study研究 visitors游客 daughter女儿 language语言 bread面包 planted种 beans豆 salty有盐的 covered盖
"""
"""What English words mean in Chinese, as pupils write it above them."""
READINGS = """\
学校がっこう 先生せんせい 日本にほん 時間じかん 今日きょう 空気くうき 植物しょくぶつ 動物どうぶつ 地球ちきゅう
問題もんだい 計算けいさん 面積めんせき 温度おんど 気温きおん 社会しゃかい 理科りか 算数さんすう 文章ぶんしょう
友達ともだち 説明せつめい 海うみ 川かわ 山やま 光ひかり 雪ゆき 夏なつ 冬ふゆ 春はる 秋あき 朝あさ 夜よる
石いし 木き 花はな 星ほし 道みち 村むら 町まち 茶ちゃ 米こめ 歌うた 父ちち 母はは 弟おとうと 家いえ
"""
"""How Japanese words are read, as pupils write it beside them."""
PINYIN_OF = {one[0]: one[1:] for one in PINYIN.split()}
MEANING_OF = {found[1]: found[2] for found in re.finditer(r"([a-z]+)([^\sa-z]+)", MEANINGS)}


READING_OF = {found[1]: found[2] for found in re.finditer(r"([一-龥]+)([ぁ-ん]+)", READINGS)}


def gloss_places(text: str, language: str) -> list[tuple[int, int]]:
    """From where to where the words of a line reach that a reader looks up and finds here."""
    if language == "zh":
        return [(place, place + 1) for place, one in enumerate(text) if one in PINYIN_OF]
    pattern, known = WORDS.get(language, ("", {}))
    return [found.span() for found in re.finditer(pattern, text) if found[0].lower() in known]


def gloss(word: str, language: str) -> str:
    """What a reader writes at one of these words: how it is read, or in English what it means."""
    return {"zh": PINYIN_OF, "ja": READING_OF, "en": MEANING_OF}[language][word.lower()]


WORDS = {"en": (r"[A-Za-z]+", MEANING_OF), "ja": (r"[一-龥]+", READING_OF)}
"""How words are told apart, and those that are known."""
