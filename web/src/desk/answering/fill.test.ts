import { expect, it } from "vitest";
import { fill } from "./fill";

const VALUES = { customer_name: "王芳", ticket: null, agent: "李敏", product: "洗衣机" };

it("fills in what is known and names what is not", () => {
  expect(fill("{customer_name}，{product}的工单是{ticket}，{ticket}。{agent}", VALUES)).toEqual({
    text: "王芳，洗衣机的工单是{ticket}，{ticket}。李敏",
    missing: ["ticket"],
  });
});

it("leaves everything to be seen while nothing is known", () => {
  expect(fill("{agent}在", undefined)).toEqual({ text: "{agent}在", missing: ["agent"] });
});

it("takes values as they are", () => {
  const odd = { ...VALUES, customer_name: "$&{ticket}" };
  expect(fill("{customer_name}", odd).text).toBe("$&{ticket}");
});
