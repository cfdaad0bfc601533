"""Files in and out of the register: whole or not at all, whatever their encoding, each wrong row named."""

import asyncio
import csv
import io
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from backend import policy
from backend.db import Database
from backend.settings import PROJECT_ROOT
from backend.warranty import demo, exporting
from backend.warranty.importing import Importer, Report
from backend.warranty.models import (
    Customer,
    CustomerPhone,
    Dealer,
    MaintenanceContract,
    Product,
    Purchase,
)
from backend.warranty.rows import Kind
from backend.warranty.sheet_wording import sheet_wording
from backend.warranty.sheets import SheetError

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TERMS = policy.load(PROJECT_ROOT / "policy").warranty
WORDING = sheet_wording()
PRODUCTS = "型号,品类,产品名称,别名\nKFR-35GW/A1,空调,清岚变频空调,清岚、挂机\nYS-P10,手机,星语手机,\n"
HEAD = "序列号,型号,购买日期,送达日期,价格,订单号,经销商,购买渠道,凭证,客户姓名,电话,地址"
GOOD = [
    'YSK-1,KFR35GW-A1,2026-05-10,2026/5/12,"2,899.00",A1,江南家电商行,门店,发票,王芳,139 0001 0001,临顿路1号',
    "YSP-2,YS-P10,2026年3月1日,,1999,A2,,线上,订单,王芳,13900010001,临顿路1号",
    ",YS-P10,20260301,,,A3,,,,李强,,观前街2号",
]


@pytest.fixture
async def database(database_url: str):
    opened = Database(database_url, pool_size=2)
    async with opened.transaction() as session:
        session.add(Dealer(code="D01", name="江南家电商行", created_at=NOW))
    yield opened
    await opened.close()


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


async def taken(database: Database, path: Path, kind: Kind, *, dry_run: bool = False) -> Report:
    return await Importer(database, TERMS, WORDING, NOW, TODAY).run(path, kind, dry_run=dry_run)


async def counts(database: Database) -> dict[str, int]:
    async with database.transaction() as session:
        return {
            model.__tablename__: await session.scalar(select(func.count()).select_from(model))
            for model in (Product, Customer, CustomerPhone, Purchase)
        }


@pytest.fixture
async def with_products(database: Database, tmp_path: Path) -> Database:
    report = await taken(database, written(tmp_path / "products.csv", PRODUCTS), Kind.PRODUCTS)
    assert (report.added, report.problem_count) == (2, 0)
    return database


def purchases(*rows: str) -> str:
    return "\n".join([HEAD, *rows]) + "\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
async def test_whatever_the_encoding(with_products: Database, tmp_path: Path, encoding: str):
    report = await taken(
        with_products, written(tmp_path / "a.csv", purchases(*GOOD), encoding), Kind.PURCHASES
    )
    assert report.problems == []
    assert (report.rows, report.added, report.customers_added) == (3, 3, 2)
    async with with_products.transaction() as session:
        names = sorted(await session.scalars(select(Customer.name)))
        unit = await session.scalar(select(Purchase).where(Purchase.serial == "YSK1"))
        phones = list(await session.scalars(select(CustomerPhone.number)))
    assert names == ["李强", "王芳"]
    assert phones == ["13900010001"]
    assert (unit.purchase_date, unit.delivery_date, str(unit.price), unit.order_number) == (
        date(2026, 5, 10),
        date(2026, 5, 12),
        "2899.00",
        "A1",
    )
    assert (unit.remote, unit.proof, unit.dealer_id is not None) == (False, "invoice", True)


async def test_a_second_time_changes_nothing(with_products: Database, tmp_path: Path):
    path = written(tmp_path / "a.csv", purchases(*GOOD))
    await taken(with_products, path, Kind.PURCHASES)
    before = await counts(with_products)
    again = await taken(with_products, path, Kind.PURCHASES)
    assert (again.added, again.unchanged, again.customers_added, again.problem_count) == (0, 3, 0, 0)
    assert await counts(with_products) == before


async def test_a_dry_run_tells_and_does_nothing(with_products: Database, tmp_path: Path):
    before = await counts(with_products)
    report = await taken(
        with_products, written(tmp_path / "a.csv", purchases(*GOOD)), Kind.PURCHASES, dry_run=True
    )
    assert (report.added, report.customers_added, report.problem_count) == (3, 2, 0)
    assert await counts(with_products) == before


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("X1,,2026-01-01,,,,,,,,,", "model", "required"),
        ("X1,YS-P10,,,,,,,,,,", "purchase_date", "required"),
        (",YS-P10,2026-01-01,,,,,,,,,", "serial", "needs_a_code"),
        ("X1,YS-P10,2026-02-30,,,,,,,,,", "purchase_date", "bad_date"),
        ("X1,YS-P10,01/02/2026,,,,,,,,,", "purchase_date", "bad_date"),
        ("X1,YS-P10,45678,,,,,,,,,", "purchase_date", "bad_date"),
        ("X1,YS-P10,2027-01-01,,,,,,,,,", "purchase_date", "in_the_future"),
        ("X1,YS-P10,1900-01-01,,,,,,,,,", "purchase_date", "date_out_of_range"),
        ("X1,YS-P10,2026-01-02,2026-01-01,,,,,,,,", "delivery_date", "before_purchase"),
        ("X1,YS-P10,2026-01-01,,,,,,,王芳,12345,", "phone", "bad_phone"),
        ("X1,YS-P10,2026-01-01,,,,,,,,13900010001,", "name", "phone_without_name"),
        ("X1,YS-P10,2026-01-01,,abc,,,,,,,", "price", "bad_money"),
        ("X1,YS-P10,2026-01-01,,-5,,,,,,,", "price", "bad_money"),
        ("X1,YS-P10,2026-01-01,,NaN,,,,,,,", "price", "bad_money"),
        ("X1,YS-P10,2026-01-01,,,,,天上,,,,", "remote", "bad_word"),
        ("X1,YS-P10,2026-01-01,,,,,,口头,,,", "proof", "bad_word"),
        ("1.23E+11,YS-P10,2026-01-01,,,,,,,,,", "serial", "scientific"),
        ("***,YS-P10,2026-01-01,,,,,,,,,", "serial", "bad_code"),
        ("X1,NO-SUCH,2026-01-01,,,,,,,,,", "model", "unknown_model"),
        ("X1,YS-P10,2026-01-01,,,,没有这家,,,,,", "dealer", "unknown_dealer"),
        ("ysp-2,YS-P10,2026-01-01,,,,,,,,,", "serial", "twice_in_file"),
        ("X1,YS-P10,2026-01-01,,,,,,,,,,多出来", None, "too_many_cells"),
        (f"X1,YS-P10,2026-01-01,,,,,,,{'王' * 501},,", "name", "too_long"),
    ],
)
async def test_one_wrong_row_is_named_and_nothing_is_written(
    with_products: Database, tmp_path: Path, row: str, field: str | None, code: str
):
    before = await counts(with_products)
    report = await taken(with_products, written(tmp_path / "a.csv", purchases(*GOOD, row)), Kind.PURCHASES)
    assert [(one.row, one.field, one.code) for one in report.problems] == [(5, field, code)]
    assert WORDING.problems[code].format(**report.problems[0].values)
    assert (report.added, report.customers_added) == (0, 0)
    assert await counts(with_products) == before


async def test_a_serial_of_another_sale_is_refused(with_products: Database, tmp_path: Path):
    await taken(with_products, written(tmp_path / "a.csv", purchases(*GOOD)), Kind.PURCHASES)
    other = "YSK1,KFR-35GW/A1,2026-05-11,,,,,,,,,"
    report = await taken(with_products, written(tmp_path / "b.csv", purchases(other)), Kind.PURCHASES)
    assert [(one.row, one.code) for one in report.problems] == [(2, "serial_taken")]


async def test_products_of_one_model_must_agree(with_products: Database, tmp_path: Path):
    text = "型号,品类,名称\nkfr 35gw a1,冰箱,清岚变频空调\nQ-1,电视,晴屏电视\nQ1,电视,晴屏电视\nZ-1,挖掘机,大力\n"
    report = await taken(with_products, written(tmp_path / "p.csv", text), Kind.PRODUCTS)
    assert {(one.row, one.code) for one in report.problems} == {
        (2, "model_taken"),
        (4, "twice_in_file"),
        (5, "unknown_family"),
    }
    assert (await counts(with_products))["product"] == 2


async def test_customers(database: Database, tmp_path: Path):
    text = "姓名;电话;地址;重点客户\n王芳;13900010001;临顿路1号;是\n王芳;13900010001;临顿路1号;\n李强;0512-65550199;;否\n"
    report = await taken(database, written(tmp_path / "c.csv", text), Kind.CUSTOMERS)
    assert (report.rows, report.added, report.unchanged, report.problem_count) == (3, 2, 1, 0)
    async with database.transaction() as session:
        assert await session.scalar(select(Customer.key_customer).where(Customer.name == "王芳")) is True
        assert sorted(await session.scalars(select(CustomerPhone.number))) == ["051265550199", "13900010001"]


def excel(path: Path, rows: list[list], merged: str | None = None) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(path)
    return path


async def test_excel_with_dates_and_numbers_as_such(with_products: Database, tmp_path: Path):
    rows = [
        ["序列号", "型号", "购买日期", "价格", "客户姓名", "电话", "备注"],
        [20260001, "YS-P10", datetime(2026, 3, 1), 1999.5, "王芳", 13900010001, "x"],  # noqa: DTZ001
        [None, None, None, None, None, None, None],
        ["YSP9", "YS-P10", "2026-03-02", "￥88", "'=李强", "139-0001-0002", None],
    ]
    report = await taken(with_products, excel(tmp_path / "a.xlsx", rows), Kind.PURCHASES)
    assert report.problems == []
    assert (report.rows, report.added, report.ignored_columns) == (2, 2, ("备注",))
    async with with_products.transaction() as session:
        found = {
            unit.serial: (unit.purchase_date, str(unit.price))
            for unit in await session.scalars(select(Purchase))
        }
        assert "=李强" in set(await session.scalars(select(Customer.name)))
    assert found == {"20260001": (date(2026, 3, 1), "1999.50"), "YSP9": (date(2026, 3, 2), "88.00")}


async def test_a_number_too_long_for_a_spreadsheet_is_refused(with_products: Database, tmp_path: Path):
    rows = [["序列号", "型号", "购买日期"], [1234567890123456789, "YS-P10", "2026-03-01"]]
    report = await taken(with_products, excel(tmp_path / "a.xlsx", rows), Kind.PURCHASES)
    assert [(one.row, one.field, one.code) for one in report.problems] == [(2, "serial", "scientific")]


async def test_two_imports_at_once_take_turns(with_products: Database, tmp_path: Path):
    path = written(tmp_path / "a.csv", purchases(*GOOD))
    reports = await asyncio.gather(*(taken(with_products, path, Kind.PURCHASES) for _ in range(2)))
    assert sorted((report.added, report.unchanged) for report in reports) == [(0, 3), (3, 0)]


async def test_merged_cells_are_reported_with_their_place(with_products: Database, tmp_path: Path):
    rows = [["序列号", "型号", "购买日期"], ["S1", "YS-P10", "2026-03-01"], ["S2", None, "2026-03-01"]]
    report = await taken(with_products, excel(tmp_path / "a.xlsx", rows, "B2:B3"), Kind.PURCHASES)
    problems = {(one.row, one.code, str(one.values.get("value"))) for one in report.problems}
    assert problems == {(0, "merged_cells", "B2:B3"), (3, "required", "None")}
    assert (await counts(with_products))["purchase"] == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old_excel"),
        (b"PK\x03\x04 no archive", "broken_excel"),
        (b"\x00\x01\x02binary", "binary"),
        (b"a,b\n\xff\xff\xff\n", "encoding"),
        ("甲,乙\n1,2\n".encode(), "no_header"),
        ("序列号,型号\nS1,YS-P10\n".encode(), "missing_columns"),
        ("型号,产品型号,购买日期\n".encode(), "repeated_columns"),
        ('序列号,型号,购买日期\n"S1,YS-P10,2026-01-01\n'.encode(), "broken_csv"),
    ],
)
async def test_a_file_that_is_no_table_is_told_as_such(
    with_products: Database, tmp_path: Path, content: bytes, code: str
):
    (tmp_path / "a.csv").write_bytes(content)
    before = await counts(with_products)
    with pytest.raises(SheetError) as caught:
        await taken(with_products, tmp_path / "a.csv", Kind.PURCHASES)
    assert caught.value.code == code
    assert WORDING.files[code].format(**caught.value.values)
    assert await counts(with_products) == before


async def test_the_place_of_what_cannot_be_decoded_is_told(database: Database, tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(b"abc," * 300_000 + b"\xff\xff\xff\xff")
    with pytest.raises(SheetError) as caught:
        await taken(database, tmp_path / "a.csv", Kind.PRODUCTS)
    assert caught.value.values == {"position": 1_200_001}


async def test_a_missing_file_is_told(database: Database, tmp_path: Path):
    with pytest.raises(SheetError, match="missing"):
        await taken(database, tmp_path / "nowhere.csv", Kind.PRODUCTS)


async def test_many_wrong_rows_are_counted_and_the_first_thousand_told(
    with_products: Database, tmp_path: Path
):
    path = written(tmp_path / "a.csv", purchases(*(f"S{n},YS-P10,yesterday,,,,,,,,," for n in range(1500))))
    report = await taken(with_products, path, Kind.PURCHASES)
    assert (report.rows, report.problem_count, len(report.problems)) == (1500, 1500, 1000)


async def test_memory_does_not_grow_with_the_file(with_products: Database, tmp_path: Path):
    async def peak(rows: int) -> int:
        lines = (
            f"N{n:06d},YS-P10,2026-03-01,,99,O{n},,线上,订单,客户{n % 500},1390001{n % 500:04d},某路{n % 500}号"
            for n in range(rows)
        )
        path = written(tmp_path / "a.csv", purchases(*lines))
        tracemalloc.start()
        report = await taken(with_products, path, Kind.PURCHASES, dry_run=True)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (report.added, report.customers_added, report.problems) == (rows, min(rows, 500), [])
        return used

    small, large = await peak(3000), await peak(12_000)
    assert large < small * 1.5


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
async def test_what_is_exported_can_be_imported(with_products: Database, tmp_path: Path, suffix: str):
    await taken(with_products, written(tmp_path / "a.csv", purchases(*GOOD)), Kind.PURCHASES)
    for kind, rows in ((Kind.PRODUCTS, 2), (Kind.CUSTOMERS, 2), (Kind.PURCHASES, 3)):
        path = tmp_path / f"{kind}{suffix}"
        async with with_products.transaction() as session:
            assert await exporting.export(session, path, kind, TERMS, WORDING) == rows
    report = await taken(with_products, tmp_path / f"purchases{suffix}", Kind.PURCHASES)
    assert (report.added, report.unchanged, report.problems) == (0, 3, [])
    report = await taken(with_products, tmp_path / f"products{suffix}", Kind.PRODUCTS)
    assert (report.added, report.unchanged, report.problems) == (0, 2, [])


async def test_an_export_opens_in_a_spreadsheet_and_runs_nothing(with_products: Database, tmp_path: Path):
    evil = "S1,YS-P10,2026-03-01,,,,,,,=1+1,13900010009,@cmd"
    await taken(with_products, written(tmp_path / "a.csv", purchases(evil)), Kind.PURCHASES)
    async with with_products.transaction() as session:
        await exporting.export(session, tmp_path / "out.csv", Kind.PURCHASES, TERMS, WORDING)
        await exporting.export(session, tmp_path / "out.xlsx", Kind.PURCHASES, TERMS, WORDING)
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    row = next(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert (row["客户姓名"], row["地址"], row["电话"]) == ("'=1+1", "'@cmd", "13900010009")
    cells = list(load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True))
    assert "'=1+1" in cells[1]


async def test_the_demo_register_follows_from_its_seed(database_url: str):
    plan = yaml.safe_load((PROJECT_ROOT / "data" / "demo" / "register.yml").read_text(encoding="utf-8"))
    first, second = (demo.Invention(plan, NOW).tables() for _ in range(2))
    assert first == second
    sizes = {model.__tablename__: len(rows) for model, rows in first}
    assert sizes == {
        "product": 12,
        "dealer": 2,
        "customer": 400,
        "customer_phone": 400,
        "purchase": 1500,
        "maintenance_contract": 40,
    }
    rows = {model.__tablename__: rows for model, rows in first}
    assert len({row["family"] for row in rows["product"]}) == 3
    assert {row["family"] for row in rows["product"]} <= set(TERMS.families)
    assert all(row["purchase_date"] < TODAY for row in rows["purchase"])
    channels = Counter((row["dealer_id"] is not None, row["remote"]) for row in rows["purchase"])
    assert min(channels[True, False], channels[False, True], channels[False, False]) > 300
    database = Database(database_url)
    async with database.transaction() as session:
        assert await demo.seed(session, plan, NOW) is True
    async with database.transaction() as session:
        assert await demo.seed(session, plan, NOW) is False
    assert (await counts(database))["purchase"] == 1500
    await database.close()


DEALERS = "编号,名称,地区,联系人,电话\nD01,江南家电商行,苏州,,\nD02,太湖电器,无锡,周经理,051088880000\n"
CONTRACTS = "合同编号,客户姓名,电话,序列号,开始日期,到期日期,含配件\n"
GOOD_CONTRACTS = [
    "W-1,王芳,13900010001,YSK-1,2026-01-01,2027-12-31,否",
    "W-2,苏州纺织厂,051266660000,,2026-01-01,2026-12-31,",
]


async def test_dealers_come_in_and_go_out_as_they_were(database: Database, tmp_path: Path):
    report = await taken(database, written(tmp_path / "dealers.csv", DEALERS), Kind.DEALERS)
    assert (report.added, report.unchanged, report.problem_count) == (1, 1, 0)
    async with database.transaction() as session:
        await exporting.export(session, tmp_path / "out.csv", Kind.DEALERS, TERMS, WORDING)
    again = await taken(database, tmp_path / "out.csv", Kind.DEALERS)
    assert (again.rows, again.added, again.unchanged, again.problem_count) == (2, 0, 2, 0)


async def test_contracts_come_in_with_their_customers_and_units(with_products: Database, tmp_path: Path):
    await taken(with_products, written(tmp_path / "p.csv", "\n".join([HEAD, *GOOD])), Kind.PURCHASES)
    file = written(tmp_path / "contracts.csv", CONTRACTS + "\n".join(GOOD_CONTRACTS))
    dry = await taken(with_products, file, Kind.CONTRACTS, dry_run=True)
    assert (dry.added, dry.customers_added) == (2, 1)
    report = await taken(with_products, file, Kind.CONTRACTS)
    assert (report.added, report.customers_added, report.problem_count) == (2, 1, 0)
    async with with_products.transaction() as session:
        found = await session.execute(
            select(MaintenanceContract.number, Customer.name, Purchase.serial, MaintenanceContract.parts_free)
            .join(Customer, Customer.id == MaintenanceContract.customer_id)
            .outerjoin(Purchase, Purchase.id == MaintenanceContract.purchase_id)
            .order_by(MaintenanceContract.number)
        )
        assert [tuple(row) for row in found] == [
            ("W-1", "王芳", "YSK1", False),
            ("W-2", "苏州纺织厂", None, True),
        ]
        await exporting.export(session, tmp_path / "out.csv", Kind.CONTRACTS, TERMS, WORDING)
    again = await taken(with_products, tmp_path / "out.csv", Kind.CONTRACTS)
    assert (again.added, again.unchanged, again.customers_added) == (0, 2, 0)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("W-3,王芳,13900010001,NO-SUCH,2026-01-01,2026-12-31,", "unknown_serial"),
        ("W-3,王芳,13900010001,,2026-12-31,2026-01-01,", "ends_before_start"),
        ("W-1,李强,13900010009,,2026-01-01,2026-12-31,", "twice_in_file"),
        ("W-0,李强,13900010009,,2026-01-01,2026-12-31,", "contract_taken"),
        ("W-3,李强,,,2026-01-01,2026-12-31,", "required"),
        ("W-3,李强,13900010009,,bald,2026-12-31,", "bad_date"),
    ],
)
async def test_a_wrong_contract_is_named_and_nothing_is_done(
    with_products: Database, tmp_path: Path, row: str, code: str
):
    old = "W-0,王芳,13900010001,,2025-01-01,2025-12-31,"
    await taken(with_products, written(tmp_path / "old.csv", CONTRACTS + old), Kind.CONTRACTS)
    rows = f"W-1,王芳,13900010001,,2026-01-01,2027-12-31,\n{row}"
    report = await taken(with_products, written(tmp_path / "new.csv", CONTRACTS + rows), Kind.CONTRACTS)
    assert (report.added, {problem.code for problem in report.problems}) == (0, {code})
    async with with_products.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(MaintenanceContract)) == 1


async def test_a_dealers_code_is_nobody_elses(database: Database, tmp_path: Path):
    rows = "编号,名称\nD01,别的商行\nD03,甲\nD03,乙\n"
    report = await taken(database, written(tmp_path / "dealers.csv", rows), Kind.DEALERS)
    assert [problem.code for problem in report.problems] == ["dealer_taken", "twice_in_file"]
