import pytest

from bot.nlu.entities.address import find_addresses
from bot.nlu.entities.extract import extract
from bot.nlu.entities.person import find_persons
from bot.nlu.entities.shop import find_shops
from bot.nlu.entities.spans import resolve
from bot.nlu.entities.staff import find_staff


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我姓王", "王"),
        ("免贵姓欧阳", "欧阳"),
        ("我叫李明", "李明"),
        ("我叫欧阳娜娜，电话是", "欧阳娜娜"),
        ("李明", "李明"),
        ("张三。", "张三"),
        ("王女士", "王女士"),
        ("我是陈先生", "陈先生"),
        ("姓名：刘建国 电话13812345678", "刘建国"),
        ("联系人赵雷，地址在", "赵雷"),
        ("称呼改成李先生，别写错了", "李先生"),
        ("叫我老张就行", "老张"),
        ("联系人小赵", "小赵"),
        ("我老伴姚秀珍签收的", "姚秀珍"),
        ("收件人何志强", "何志强"),
        ("公司叫我孙工", "孙工"),
        ("姓裴，非衣裴", "裴"),
    ],
)
def test_persons(text, value):
    assert [found.value for found in resolve(find_persons(text))] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "谢谢",
        "高兴",
        "方便",
        "马上",
        "安装",
        "时间",
        "我是来投诉的",
        "我叫你们退货",
        "万和热水器",
        "不知道",
        "何时",
        "周五",
    ],
)
def test_what_is_no_person(text):
    assert find_persons(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("江苏省苏州市工业园区星湖街328号5栋302室", "江苏省苏州市工业园区星湖街328号5栋302室"),
        ("我住朝阳区建国路88号", "朝阳区建国路88号"),
        ("地址是浙江杭州西湖区文三路100号3单元501", "浙江杭州西湖区文三路100号3单元501"),
        ("幸福花园3栋2单元401", "幸福花园3栋2单元401"),
        ("上海市浦东新区张江路100弄5号502室，谢谢", "上海市浦东新区张江路100弄5号502室"),
        ("房子在江北新区", "江北新区"),
        ("我住解放东路十八号二楼", "解放东路十八号二楼"),
        ("老家河南省周口市太康县", "河南省周口市太康县"),
    ],
)
def test_addresses(text, value):
    assert [found.value for found in resolve(find_addresses(text))] == [value]


@pytest.mark.parametrize(
    "text", ["我在北京", "热水器坏了", "12号来修的", "路由器", "师傅没到", "换了个旧主板糊弄我"]
)
def test_what_is_no_address(text):
    assert find_addresses(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("安装师傅态度太差", "安装师傅"),
        ("工号1023的客服骂人", "工号1023的客服"),
        ("客服小李一直不接电话", "客服小李"),
        ("王师傅乱收费", "王师傅"),
        ("前台不给开票", "前台"),
        ("姓葛的安装工把墙磕了", "姓葛的安装工"),
        ("派单的那个女的糊弄我", "派单的那个女的"),
        ("客服8806答应回电话", "客服8806"),
        ("前台那个小姑娘说话冲", "前台那个小姑娘"),
    ],
)
def test_staff(text, value):
    assert [found.value for found in resolve(find_staff(text))] == [value]


@pytest.mark.parametrize(
    "text", ["转人工客服", "派个师傅过来", "客服电话多少", "我要找客服", "师傅说是主板的问题"]
)
def test_people_who_are_asked_for_are_not_complained_of(text):
    assert find_staff(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("城南家电专卖店说不管", "城南家电专卖店"),
        ("美的官方旗舰店", "美的官方旗舰店"),
        ("你们观前街店的店长", "观前街店"),
        ("小区门口的五金店买的", "小区门口的五金店"),
    ],
)
def test_shops(text, value):
    assert [found.value for found in find_shops(text)] == [value]


def test_a_clause_beside_a_phone_number_may_be_a_name():
    text = "马超，13913571246"
    assert find_persons(text) == []
    assert [found.value for found in find_persons(text, beside_contact=True)] == ["马超"]


@pytest.mark.parametrize(
    ("text", "value"), [("周大福买的", "周大福"), ("在红星美凯龙的顾家专卖店", "红星美凯龙的顾家专卖店")]
)
def test_shops_that_begin_with_a_name(text, value, now):
    assert [one.value for one in extract(text, now) if one.entity == "shop"] == [value]


@pytest.mark.parametrize("text", ["维修点在哪", "我是开饭店的", "售后服务站电话"])
def test_what_is_no_shop(text):
    assert find_shops(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("柜台里戴口罩那女的爱搭不理", "柜台里戴口罩那女的"),
        ("收银台那个大姐找错钱还凶人", "收银台那个大姐"),
        ("修洗衣机的老赵私自加价八十", "修洗衣机的老赵"),
        ("老孙头来修的，没弄好就走", "老孙头"),
        ("是李国强，你们网点的，说话难听", "李国强"),
        ("姓邓那位工程师说话太冲", "姓邓那位工程师"),
        ("上门安装的姓郝，装歪了还不认", "上门安装的姓郝"),
        ("8821号话务员一问三不知", "8821号话务员"),
        ("上门那个小年轻进门就抽烟", "小年轻"),
    ],
)
def test_staff_by_looks_place_and_doing(text, value, now):
    assert [one.value for one in extract(text, now) if one.entity == "staff"] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "我们公司常年用你们的黄油",
        "戴上帽子像厨师",
        "我叫上官婷，复姓上官",
        "小米手环表带断了",
        "收银机卡纸",
    ],
)
def test_what_is_no_staff(text, now):
    assert "staff" not in {one.entity for one in extract(text, now)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("在县城南街那家小店进的货", "县城南街那家小店"),
        ("顺达通讯卖给我的手机是翻新机", "顺达通讯"),
        ("从一个叫鲜丰的店里买的榴莲", "鲜丰"),
        ("1688上批发的拖鞋", "1688"),
        ("金源汽贸不给退定金", "金源汽贸"),
        ("夜市买的袜子", "夜市"),
    ],
)
def test_shops_by_street_trade_and_calling(text, value, now):
    assert [one.value for one in extract(text, now) if one.entity == "shop"] == [value]


@pytest.mark.parametrize(
    "text", ["国产家电质量堪忧", "我家这条街停电了", "大家电保修几年", "再也不用跑打印店"]
)
def test_what_only_sounds_like_a_shop(text, now):
    assert "shop" not in {one.entity for one in extract(text, now)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("打给我妹夫刘刚就行", "刘刚"),
        ("转财务部何静", "何静"),
        ("对接人吕工，15996203381", "吕工"),
        ("座机025-58801274，潘老师接", "潘老师"),
        ("名字错了，是郭女士不是先生", "郭女士"),
    ],
)
def test_persons_by_kin_office_and_title(text, value, now):
    assert [one.value for one in extract(text, now) if one.entity == "person_name"] == [value]


def test_a_particle_makes_no_name(now):
    found = {one.entity for one in extract("成吧，那就送到月牙湖花园15栋603", now)}
    assert "person_name" not in found
    assert "address" in found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("在安徽省阜阳市临泉县，拖拉机打不着", "安徽省阜阳市临泉县"),
        ("滨湖新区的房子，窗户漏风", "滨湖新区"),
        ("宁波市鄞州区 天童南路 535 号 6 幢 302，空调不制冷", "宁波市鄞州区天童南路535号6幢302"),
    ],
)
def test_regions_of_two_levels_and_spaced_doors(text, value, now):
    found = [one for one in extract(text, now) if one.entity in {"address", "money"}]
    assert [(one.entity, one.value) for one in found] == [("address", value)]
