"""What the name of a public body tells of its level."""

from nianbao.checks.bodies import level_of, parted, places_of
from nianbao.checks.wordings import wordings

LEVELS = {
    "国家": "海关总署（本级机关）|国家市场监督管理总局|财政部|中国人民银行|国务院办公厅|审计署|中华人民共和国公安部"
    "|中国证券监督管理委员会|国家乡村振兴局|国家林业和草原局|国家民族事务委员会|住房和城乡建设部|中国民主同盟中央委员会"
    "|国务院国有资产监督管理委员会|中华人民共和国国家卫生健康委员会",
    "省": "示例省市场监督管理局|示例自治区教育厅|重庆市水利局",
    "市": "贵州省示例市教育局|兰州市教育局|新乡市教育局"
    "|示例市乡村振兴局|示例州水务局|示例地区教育局|示例市委宣传部|国家税务总局示例市税务局|中国人民银行示例市分行",
    "县": "示例市样本区教育局|示例县市场监督管理局|示例市样本市教育局|恩施州利川市教育局",
    "乡": "示例市样本区甲街道办事处|示例县甲镇人民政府",
    "": "教育局|国家税务总局示例分局|国家统计局示例调查队|人民武装部|国家大剧院管理局|中华人民共和国示例海事局"
    "|水利部长江水利委员会",
}
# Places as they are called, by their level.
REAL = {
    "省": "贵州省|广西壮族自治区|北京市|重庆市|香港特别行政区|澳门特别行政区",
    "市": "郑州市|荆州市|新乡市|萍乡市|景德镇市|镇江市|聊城市|盐城市|恩施土家族苗族自治州|黔南布依族苗族自治州|大理州"
    "|锡林郭勒盟|大兴安岭地区|喀什地区|克孜勒苏柯尔克孜自治州|呼和浩特市",
    "县": "荆州区|北京市通州区|鄞州区|凉州区|甘州区|肃州区|秦州区|兖州区|信州区|吉州区|泽州县|全州县|肇州县|金乡县|西乡县"
    "|新乡县|内乡县|平乡县|东乡区|肥乡区|乡宁县|乡城县|固镇县|天镇县|安康市镇坪县|宁波市镇海区|荆州市沙市区|常德市津市市|新市区"
    "|济宁市市中区|青岛市市北区|市南区|阳泉市城区|阳泉市矿区|井陉矿区|峰峰矿区|新乡市红旗区|社旗县|梅县区|沙县区|新乡市辉县市"
    "|盐城市建湖县|保定市容城县|贵州省毕节市赫章县|黔南布依族苗族自治州都匀市|喀什地区喀什市|西安市碑林区|呼和浩特市新城区"
    "|积石山保安族东乡族撒拉族自治县|双江拉祜族佤族布朗族傣族自治县|莫力达瓦达斡尔族自治旗|科尔沁左翼中旗|四子王旗|六枝特区"
    "|神农架林区|上海市浦东新区|天津市滨海新区|秦皇岛市海港区|郑州市上街区|昆明市官渡区",
    "": "雄安新区|滨海新区|郑州航空港经济综合实验区|苏州工业园区|郑州高新技术产业开发区|杭州经济技术开发区|天津港保税区"
    "|第八师石河子市|新疆生产建设兵团|武当山旅游经济特区",
    "乡": "宝安区西乡街道|顺德区容桂街道|松滋市杨林市镇|洛川县旧县镇|梅县区石扇镇|井陉县威州镇|中山市古镇镇|平度市店子镇"
    "|新州镇|凤城乡|路南区钱家营矿区街道|泰山区省庄镇|卓资县旗下营镇|辉县市西平罗乡|沧源佤族自治县勐省镇|扎鲁特旗巴彦塔拉苏木"
    "|乌苏市塔布勒合特蒙古民族乡|新乡市平原城乡一体化示范区祝楼乡|市中区乐贤街道",
}
OFFICES = (
    "住房和城乡建设局|乡村振兴局|乡镇企业局|城镇集体工业联合社|市场监督管理局|文化市场综合行政执法支队|城市管理局"
    "|行政区划和地名管理办公室|人民政府驻北京办事处|城市建设局|城市规划局|城市更新局|园林和城市建设管理局|老旧城市更新办公室"
)
# Branches of what the whole state has, each named after its place.
BRANCHES = "中国共产党{}委员会|中国民主同盟{}委员会|中国民主建国会{}委员会|中华人民共和国{}海事局|国家税务总局{}税务局"
PLACES = "示例省|示例市|示例县|示例区|示例旗|大理州|示例自治州|锡林郭勒盟|和平镇|示例乡|示例街道|和平村|泉州|广州|示例工业园"

# All cities of a prefecture's level, as the Ministry of Civil Affairs lists them for 2023.
PREFECTURES = """
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦
铁岭 朝阳 葫芦岛 长春 吉林 四平 辽源 通化 白山 松原 白城 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江
黑河 绥化 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山
台州 丽水 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 三明 泉州 漳州
南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海
日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店
武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化
娄底 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 南宁 柳州
桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁
内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧
拉萨 日喀则 昌都 林芝 山南 那曲 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉
酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密
"""


def test_the_level_of_a_body_is_that_of_the_last_place_in_its_name_or_of_the_state():
    wrong = {name: (of, level_of(name)) for of, names in LEVELS.items() for name in names.split("|") if level_of(name) != of}
    assert wrong == {}


def test_the_name_of_a_real_place_tells_its_level_or_none():
    offices = {"街道": "办事处"}
    for level, names in REAL.items():
        office = "人民政府" if level == "乡" else "教育局"
        bodies = [name + offices.get(name[-2:], office) for name in names.split("|")]
        assert {body: level_of(body) for body in bodies if level_of(body) != level} == {}


def test_a_city_that_is_a_countys_by_its_level_is_known_by_its_name():
    cities = [f"{name}市" for name in wordings("bodies")["cities"].split()]
    assert len(set(cities)) == len(cities)
    named = [form.format(city) for form in ("{}教育局", "{}人民政府", "浙江省{}市场监督管理局") for city in cities]
    assert [body for body in named if level_of(body) != "县"] == []
    assert [city for city in cities if parted(f"{city}教育局") != (city, "教育")] == []
    others = {"昌吉州": "市", "义乌市甲镇": "乡", "示例市": "市"}
    assert {one: level_of(f"{one}教育局") for one in others} == others


def test_each_city_of_a_prefectures_level_is_read_as_one():
    cities = [f"{name}市" for name in PREFECTURES.split()]
    assert len(set(cities)) == len(cities) == 293
    assert [city for city in cities for of in ("教育局", "人民政府") if level_of(f"{city}{of}") != "市"] == []


def test_a_place_is_parted_into_the_places_that_it_lies_in():
    for places in (["湖北省", "荆州市", "荆州区"], ["示例县", "旧州镇"], ["黔南布依族苗族自治州", "都匀市"]):
        place = "".join(places)
        assert (parted(f"{place}教育局")[0], places_of(place)) == (place, places)


def test_the_matter_of_a_body_is_no_place():
    names = [place + office for place in ("示例市", "贵州省示例市", "恩施州", "广州市") for office in OFFICES.split("|")]
    assert {name: level_of(name) for name in names if level_of(name) != "市"} == {}
    assert level_of("示例市小城镇建设局") == ""  # what else holds the end of a place may be one


def test_a_city_whose_name_ends_in_a_wall_is_the_place_of_a_body_of_whatever_matter():
    cities = ["盐城市", "运城市", "晋城市", "聊城市", "示例省盐城市"]
    matters = [
        "建设局",
        "规划和自然资源局",
        "更新局",
        "管理委员会",
        "运行管理中心",
        "城市管理局",
        "市场监督管理局",
        "教育局",
    ]
    assert [city + matter for city in cities for matter in matters if parted(city + matter)[0] != city] == []
    assert {level_of(f"{city}建设局") for city in cities} == {"市"}


def test_a_long_name_is_read_in_linear_time():
    """Of 30 it took three minutes."""
    assert level_of("中国" + "农乡村" * 2000 + "会") == ""


def test_a_city_whose_name_ends_as_that_of_another_kind_of_place_is_a_place_as_a_whole():
    assert [("兰州市", "教育"), ("新乡市", "教育"), ("景德镇市", "水利"), ("镇江市", "水利")] == [
        parted(f"{one}局") for one in ("兰州市教育", "新乡市教育", "景德镇市水利", "镇江市水利")
    ]
    assert "大理州" == parted("大理州教育局")[0]


def test_no_body_named_after_a_place_is_the_states():
    names = [branch.format(place) for branch in BRANCHES.split("|") for place in PLACES.split("|")]
    assert [name for name in names if level_of(name) == "国家"] == []
    for place, level in (("大理州", "市"), ("和平镇", "乡"), ("示例旗", "县")):
        assert {level_of(f"{of}{place}委员会") for of in ("中国共产党", "中国民主同盟")} == {level}
