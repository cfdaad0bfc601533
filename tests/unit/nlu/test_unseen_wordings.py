"""What no word list holds: failings by their shape, demands by their direction, people by the complaint."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.nlu.entities.extract import extract

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def found(text, entity):
    return [one.text for one in extract(text, NOW) if one.entity == entity]


def values(text, entity):
    return [one.value for one in extract(text, NOW) if one.entity == entity]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("书架的横梁短了两公分", "横梁短了两公分"),
        ("左边的抽屉比右边矮一截", "抽屉比右边矮一截"),
        ("花盆底下的水直往地上流", "水直往地上流"),
        ("门铃得按五六下才响", "得按五六下才响"),
        ("车锁扫十次开一次", "扫十次开一次"),
        ("音箱一碰就断开蓝牙", "一碰就断开蓝牙"),
        ("柜子里一股子胶皮味", "一股子胶皮味"),
        ("胳膊上起了一片红疙瘩", "起了一片红疙瘩"),
        ("馒头里面还是生面", "还是生面"),
        ("腿一个长一个短", "一个长一个短"),
        ("指示灯一明一灭的", "一明一灭"),
        ("毛巾硬得跟砂纸一样", "硬得跟砂纸一样"),
        ("后轮老往右边拐", "后轮老往右边拐"),
        ("碗碎成好几片", "碎成好几片"),
        ("洗衣机脱水的时候满阳台走", "满阳台走"),
        ("坐垫夹屁股", "夹屁股"),
    ],
)
def test_faults_by_their_shape(text, fault):
    assert any(fault in one for one in found(text, "fault"))


@pytest.mark.parametrize(
    "text",
    [
        "屏幕一直都很清楚",
        "电池换了新的",
        "充电线在哪买",
        "边角都贴合，很满意",
        "一股清香味",
        "比旧的快多了",
        "卡在审核这一步",
        "我长高了两公分",
        "用着一点没变形",
        "包装都在，没拆",
    ],
)
def test_shapes_of_no_fault(text):
    assert found(text, "fault") == []


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("货原样退给你们", "return"),
        ("这台你们拉回去", "return"),
        ("不合适，退", "return"),
        ("给我换条结实点的", "exchange"),
        ("少的螺丝给我补寄", "exchange"),
        ("把这个弄利索了", "repair"),
        ("多收的给我吐出来", "refund"),
        ("把差价补给我", "refund"),
        ("这个损失你们承担", "compensation"),
        ("车费你们报销", "compensation"),
        ("给老人说声对不住", "apology"),
        ("叫个懂行的人来瞧瞧", "visit"),
        ("给句痛快话", "handle"),
    ],
)
def test_demands_by_their_direction(text, demand):
    assert values(text, "demand") == [demand]


@pytest.mark.parametrize(
    "text",
    [
        "退款什么时候到账",
        "上次让我退货我没退",
        "那次维修花了一天",
        "客服建议我申请退款",
        "我叫师傅来看他不来",
        "修理厂在我家楼下",
        "误工费谁来承担",
        "旧的师傅已经拉走了",
    ],
)
def test_what_is_no_demand(text):
    assert found(text, "demand") == []


@pytest.mark.parametrize(
    ("text", "staff"),
    [
        ("上门那个胖师傅把我地板划了一道", "胖师傅"),
        ("快递员电话都不打直接扔门口", "快递员"),
        ("店长当着那么多人数落我", "店长"),
        ("送沙发的死活不给抬上楼", "送沙发的"),
        ("门市上的小姑娘问啥都说不知道", "门市上的小姑娘"),
        ("维修小哥扔一地零件走人了", "维修小哥"),
        ("你们业务员答应给我换的", "你们业务员"),
        ("小李跟我保证过的，现在电话打不通", "小李"),
    ],
)
def test_staff_by_the_complaint(text, staff):
    assert [one.removeprefix("你们") for one in found(text, "staff")] == [staff.removeprefix("你们")]


@pytest.mark.parametrize(
    "text",
    [
        "师傅活干得真利落",
        "店员推荐我买的这一款",
        "客服让我打这个电话",
        "你们师傅什么时候到",
        "让你们主管打给我",
        "麻烦叫师傅明天下午来",
        "刚才师傅来看过了讲是阀门老化",
        "我自己就是干售后的客服",
        "跟前台讲过了",
    ],
)
def test_who_is_not_complained_of(text):
    assert found(text, "staff") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我叫阿依古丽", "阿依古丽"),
        ("本人买买提·吐尔逊", "买买提·吐尔逊"),
        ("本人仓央卓玛投诉你们", "仓央卓玛"),
        ("我是Tony Zhang", "Tony Zhang"),
        ("叫我Lucy就行", "Lucy"),
        ("我是三楼的老谭", "老谭"),
        ("我是7栋小裴，空调坏了", "小裴"),
    ],
)
def test_names_without_a_surname(text, name):
    assert found(text, "person_name") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "我是vip会员",
        "我是房东",
        "我叫了三次车",
        "小米粥是馊的",
        "我是真的服了",
        "我是老客户了",
        "麻烦您，我要退",
    ],
)
def test_what_is_no_name(text):
    assert found(text, "person_name") == []


@pytest.mark.parametrize(
    ("text", "entity", "expected"),
    [
        ("花了3,299买的", "money", ["3299"]),
        ("前后花了1.5万", "money", ["15000"]),
        ("给我换双四十二码的", "money", []),
        ("要了五十来斤", "money", []),
        ("多收的两百退我", "money", ["200"]),
        ("半打鸡蛋碎了俩", "quantity", ["6"]),
        ("半打鸡蛋碎了俩", "defective_quantity", ["2"]),
        ("桌子四条腿都是歪的", "quantity", []),
        ("里头有两件脱线", "defective_quantity", ["2"]),
        ("我就一个要求", "quantity", []),
        ("九号平衡车骑着没劲", "brand", ["九号"]),
        ("九号下午送来的柜子", "brand", []),
        ("早上喝小米粥", "brand", []),
        ("我在江苏的昆山", "address", ["江苏的昆山"]),
        ("重庆渝北的，能上门不", "address", ["重庆渝北"]),
    ],
)
def test_amounts_brands_and_regions(text, entity, expected):
    assert values(text, entity) == expected
