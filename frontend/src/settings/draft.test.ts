import { expect, test } from "vitest";

import { changesOf, shownIn, withChange } from "./draft";
import type { Setting } from "./groups";

function setting(name: string, value: number | boolean | string, kind: "number" | "switch" | "text"): Setting {
  return {
    name,
    variable: `HOIST_${name}`,
    value,
    default: value,
    source: "stored",
    is_changeable: true,
    is_secret: false,
    limits: { kind, least: null, above: null, most: null, choices: [] },
    description: "",
  };
}

const PACE = setting("pace_seconds", 1.5, "number");
const ROBOTS = setting("respect_robots", true, "switch");

test("numbers are sent as numbers, with either mark of decimals, and what is none as it was typed", () => {
  expect(changesOf({ pace_seconds: "2,5" }, [PACE])).toEqual({ pace_seconds: 2.5 });
  expect(changesOf({ pace_seconds: "soon" }, [PACE])).toEqual({ pace_seconds: "soon" });
  expect(changesOf({ pace_seconds: "" }, [PACE])).toEqual({ pace_seconds: "" });
  expect(changesOf({ pace_seconds: null, respect_robots: false }, [PACE, ROBOTS])).toEqual({
    pace_seconds: null,
    respect_robots: false,
  });
});

test("what is typed back to what it was is no change", () => {
  const draft = withChange({}, PACE, "2");
  expect(shownIn(PACE, draft)).toBe("2");
  expect(withChange(draft, PACE, "1.5")).toEqual({});
  expect(withChange({}, ROBOTS, false)).toEqual({ respect_robots: false });
});

test("back to the default shows the default", () => {
  expect(shownIn({ ...PACE, default: 1 }, { pace_seconds: null })).toBe("1");
});
