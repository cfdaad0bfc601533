import { describe, expect, it } from "vitest";
import { ApiError } from "../../api/errors";
import { classifyFailure, shouldPoll } from "./retry";

const http = (status: number) => new ApiError({ kind: "http", status, message: "m" });

describe("classifyFailure", () => {
  it.each([
    [new ApiError({ kind: "network", message: "m" }), "temporary"],
    [new ApiError({ kind: "timeout", message: "m" }), "temporary"],
    [http(503), "temporary"],
    [http(502), "temporary"],
    [http(429), "temporary"],
    [http(401), "lost"],
    [http(404), "lost"],
    [http(422), "refused"],
    [http(413), "refused"],
    [new Error("other"), "temporary"],
  ])("%# %s", (error, expected) => {
    expect(classifyFailure(error)).toBe(expected);
  });
});

describe("shouldPoll", () => {
  const state = {
    connected: true,
    visible: true,
    now: 100_000,
    lastSyncAt: 0,
    unansweredSince: null as number | null,
  };

  it("trusts the socket while nothing is awaited", () => {
    expect(shouldPoll(state)).toBe(false);
  });

  it("asks when an answer is overdue", () => {
    expect(shouldPoll({ ...state, unansweredSince: 95_000 })).toBe(false);
    expect(shouldPoll({ ...state, unansweredSince: 90_000 })).toBe(true);
  });

  it("stops asking while a person takes long", () => {
    expect(shouldPoll({ ...state, now: 1_000_000, unansweredSince: 90_000 })).toBe(false);
  });

  it("asks regularly without a socket, but not in the background", () => {
    expect(shouldPoll({ ...state, connected: false })).toBe(true);
    expect(shouldPoll({ ...state, connected: false, lastSyncAt: 95_000 })).toBe(false);
    expect(shouldPoll({ ...state, connected: false, visible: false })).toBe(false);
  });
});
