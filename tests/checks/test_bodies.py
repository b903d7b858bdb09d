"""What the name of a public body tells of its level."""

from nianbao.checks.bodies import level_of, parted

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
# Branches of what the whole state has, each named after its place.
BRANCHES = "中国共产党{}委员会|中国民主同盟{}委员会|中国民主建国会{}委员会|中华人民共和国{}海事局|国家税务总局{}税务局"
PLACES = "示例省|示例市|示例县|示例区|示例旗|大理州|示例自治州|锡林郭勒盟|和平镇|示例乡|示例街道|和平村|泉州|广州|示例工业园"


def test_the_level_of_a_body_is_that_of_the_last_place_in_its_name_or_of_the_state():
    wrong = {name: (of, level_of(name)) for of, names in LEVELS.items() for name in names.split("|") if level_of(name) != of}
    assert wrong == {}


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
