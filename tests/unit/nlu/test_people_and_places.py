import pytest

from bot.nlu.entities.address import find_addresses
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
    ],
)
def test_addresses(text, value):
    assert [found.value for found in resolve(find_addresses(text))] == [value]


@pytest.mark.parametrize("text", ["我在北京", "热水器坏了", "12号来修的", "路由器", "师傅没到"])
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
    ],
)
def test_staff(text, value):
    assert [found.value for found in resolve(find_staff(text))] == [value]


@pytest.mark.parametrize("text", ["转人工客服", "派个师傅过来", "客服电话多少", "我要找客服"])
def test_people_who_are_asked_for_are_not_complained_of(text):
    assert find_staff(text) == []


@pytest.mark.parametrize(
    ("text", "value"), [("城南家电专卖店说不管", "城南家电专卖店"), ("美的官方旗舰店", "美的官方旗舰店")]
)
def test_shops(text, value):
    assert [found.value for found in find_shops(text)] == [value]
