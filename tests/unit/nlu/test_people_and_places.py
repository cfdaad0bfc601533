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
