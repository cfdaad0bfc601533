import { expect, it } from "vitest";
import { compare } from "./comparing";

const file = {
  name: "王芳",
  phones: ["138****0001"],
  address: null,
  unit: null,
  region: "east",
  technical_agreement: null,
  key_customer: false,
  sales: [],
  contracts: [],
  entries: [],
};
const two = [{}, {}] as never;
const row = (rows: ReturnType<typeof compare>, field: string) =>
  rows.find((each) => each.field === field);

it("fills what is empty, and loses nothing by it", () => {
  const rows = compare(file, { ...file, address: "上海" });
  expect(row(rows, "address")).toMatchObject({ kept: "—", result: "上海", lost: null });
});

it("keeps what the kept file says, and tells what is lost", () => {
  const rows = compare(file, { ...file, name: "王小芳", region: "west" });
  expect(row(rows, "name")).toMatchObject({ result: "王芳", lost: "王小芳" });
  expect(row(rows, "region")).toMatchObject({ result: "east", lost: "west" });
  expect(rows.filter((each) => each.lost !== null)).toHaveLength(2);
});

it("puts together what there may be several of", () => {
  const other = { ...file, phones: ["138****0001", "139****0002"], sales: two, key_customer: true };
  const rows = compare({ ...file, sales: two }, other);
  expect(row(rows, "phones")?.result).toBe("138****0001、139****0002");
  expect(row(rows, "sales")?.result).toBe("4 条");
  expect(row(rows, "key_customer")?.result).toBe("是");
});
