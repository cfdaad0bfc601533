"""The warranty terms: what the law and DESIGN fix, every product that customers name, and mistakes that are named."""

import shutil
from pathlib import Path

import pytest

from backend.policy import PolicyError
from backend.policy.clauses import read_clauses
from backend.policy.warranty import Demand, read_warranty
from backend.policy.warranty_wording import read_warranty_wording
from backend.settings import PROJECT_ROOT

POLICY = PROJECT_ROOT / "policy"
CLAUSES = read_clauses(POLICY / "clauses.yml")
TERMS = read_warranty(POLICY / "warranty.yml", CLAUSES)
FILE, WORDING = "warranty.yml", "warranty_wording.yml"


SOLD = {
    "air_conditioner": "空调 空调机 中央空调 挂机空调 柜机空调 变频空调 空调外机 新风机",
    "refrigerator": "冰箱 电冰箱 双门冰箱 对开门冰箱 冰柜 酒柜",
    "washing_machine": "洗衣机 滚筒洗衣机 波轮洗衣机 洗烘一体机 干衣机 烘干机",
    "tv": "电视 电视机 彩电 液晶彩电 智能电视 智慧屏",
    "water_heater": "热水器 电热水器 燃气热水器 空气能 小厨宝 壁挂炉 燃气壁挂炉",
    "range_hood": "油烟机 抽油烟机 烟机",
    "gas_stove": "燃气灶 煤气灶 集成灶",
    "kitchen_appliance": "洗碗机 消毒柜 微波炉 烤箱 蒸烤箱 电磁炉",
    "small_appliance": "空气炸锅 电饭煲 电压力锅 电热水壶 豆浆机 破壁机 电风扇 取暖器 吸尘器 扫地机器人 电吹风 按摩椅 挂烫机",
    "water_purifier": "净水器 饮水机",
    "bathroom": "智能马桶 马桶 花洒 水龙头",
    "smart_home": "智能门锁 指纹锁 摄像头",
    "phone": "手机 智能手机 老人机",
    "tablet": "平板 平板电脑 学习机",
    "computer": "电脑 台式机 台式电脑 主机",
    "laptop": "笔记本 笔记本电脑 游戏本",
    "computer_part": "显示器 显卡 主板 移动硬盘 键盘 无线鼠标 打印机 路由器 u盘",
    "headset": "耳机 蓝牙耳机",
    "audio": "音箱 蓝牙音箱 麦克风",
    "charger": "充电器 充电宝 数据线",
    "watch": "智能手表 手环 儿童手表",
    "camera": "相机 单反 行车记录仪",
    "car": "汽车 轿车 电动汽车 新能源车 SUV",
    "e_bike": "电动车 电瓶车",
    "bicycle": "自行车 平衡车",
    "furniture": "沙发 床 床垫 衣柜 桌子 椅子 办公椅 窗帘",
    "lighting": "灯 台灯 灯泡",
    "household": "婴儿车 玩具 炒锅 保温杯",
    "clothing": "衣服 羽绒服 鞋子 运动鞋 包 行李箱",
    "consumable": "净化滤芯 奶粉 化妆品 面膜",
}


@pytest.mark.parametrize(("family", "names"), SOLD.items())
def test_what_customers_call_the_products_of_a_family(family: str, names: str):
    found = {name: TERMS.family(name) for name in names.split()}
    assert {name: one.id if one else None for name, one in found.items()} == dict.fromkeys(found, family)


@pytest.mark.parametrize("name", ["面包", "机床", "手机壳", "电视柜", "挖掘机", "路灯", "电视台"])
def test_what_only_sounds_like_a_product_is_none(name: str):
    assert TERMS.family(name) is None


@pytest.mark.parametrize(
    ("family", "part", "months", "source"),
    [
        ("phone", None, 12, "law:mobile-phone-guarantees"),
        ("phone", "battery", 6, "law:mobile-phone-guarantees"),
        ("phone", "charger", 12, "law:mobile-phone-guarantees"),
        ("phone", "headset", 3, "law:mobile-phone-guarantees"),
        ("computer", None, 12, "law:microcomputer-guarantees"),
        ("computer", "hard_disk", 24, "law:microcomputer-guarantees"),
        ("laptop", "mainboard", 24, "law:microcomputer-guarantees"),
        ("tv", None, 12, "law:three-guarantees-catalogue"),
        ("tv", "tuner", 36, "law:three-guarantees-catalogue"),
        ("air_conditioner", None, 12, "law:three-guarantees-catalogue"),
        ("refrigerator", "compressor", 36, "law:three-guarantees-catalogue"),
        ("furniture", None, 12, "R10-4.1.1"),
        ("other", None, 12, "R10-4.1.1"),
        ("consumable", None, None, "R10-4.1.1"),
        ("car", None, 36, "law:car-2022"),
    ],
)
def test_terms(family: str, part: str | None, months: int | None, source: str):
    whole = TERMS.families[family]
    term = whole.term if part is None else next(one.term for one in whole.parts if one.id == part)
    assert (term.months, term.source) == (months, source)


def test_the_legal_figures():
    by_source = {term.source: term for term in TERMS.families["refrigerator"].remedies}
    assert by_source["law:consumer-rights-24"].days == 7
    assert by_source["law:consumer-rights-24"].remedies == (Demand.RETURN,)
    assert by_source["law:three-guarantees-10"].days == 15
    assert by_source["law:three-guarantees-10"].remedies == (Demand.EXCHANGE,)
    assert by_source["law:three-guarantees-11"].failed_repairs == 2
    assert (TERMS.no_reason.days, TERMS.burden_of_proof.months) == (7, 6)
    assert (TERMS.families["car"].term.kilometres, TERMS.without_proof.days_after_manufacture) == (60_000, 90)


@pytest.mark.parametrize(
    ("said", "family", "part"),
    [
        ("空调", "air_conditioner", None),
        ("变频空调", "air_conditioner", None),
        (" 冰 箱 ", "refrigerator", None),
        ("u盘", "computer_part", None),
        ("手机电池", "phone", "battery"),
        ("空调压缩机", "air_conditioner", "compressor"),
        ("手机壳", None, None),
        ("", None, None),
        ("air_conditioner", "air_conditioner", None),
    ],
)
def test_what_a_product_is_called(said: str, family: str | None, part: str | None):
    found = TERMS.understood(said)
    assert tuple(one.id if one else None for one in found) == (family, part)


def refused(directory: Path, file: str, old: str, new: str) -> tuple[str, str, str]:
    shutil.copytree(POLICY, directory, dirs_exist_ok=True)
    text = (directory / file).read_text(encoding="utf-8")
    assert old in text
    (directory / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        if file == FILE:
            read_warranty(directory / file, CLAUSES)
        else:
            read_warranty_wording(directory / file)
    return caught.value.file, caught.value.rule, caught.value.field


@pytest.mark.parametrize(
    ("old", "new", "rule", "field"),
    [
        ("{name: 压缩机, months: 36,", "{name: 压缩机, months: 0,", "air_conditioner", "months"),
        ("{name: 压缩机, months: 36,", "{name: 压缩机,", "compressor", "months"),
        ("words: [老人机,", "words: [空调,", "phone", "words"),
        ("words: [老人机,", "words: [老人机, 老人机,", "phone", "words"),
        ("name: 温控器", "name: 压缩机", "thermostat", "words"),
        ("parts: [engine, gearbox,", "parts: [engine, gear_box,", "car", "parts"),
        ("source: law:mobile-phone-guarantees", "source: law:of-the-jungle", "phone", "source"),
        ("months: 3\n    durable", "months: 3\n    colour: red\n    durable", "clothing", "colour"),
        ("parts_discount_percent: 20", "parts_discount_percent: 120", "-", "parts_discount_percent"),
        ("[custom_made,", "[made_by_me,", "-", "0"),
        ("days: 7, source", "days: seven, source", "0", "days"),
        ("misuse: {", "misuses: {", "-", "misuse"),
    ],
)
def test_a_mistake_in_the_terms_is_named(tmp_path: Path, old: str, new: str, rule: str, field: str):
    assert refused(tmp_path, FILE, old, new) == (FILE, rule, field)


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [("{parts}", "{parts", "except_parts"), ("{parts}", "{0.parts}", "except_parts")],
)
def test_a_mistake_in_the_wording_is_named(tmp_path: Path, old: str, new: str, name: str):
    assert refused(tmp_path, WORDING, old, new) == (WORDING, "paying", name)
