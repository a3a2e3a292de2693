import { expect, test } from "vitest";

import { highlightedAt, methodKey } from "./methods";

test("a short quote is looked for as a whole", () => {
  expect(highlightedAt("https://a.example/x.pdf#page=3", "9 Feb 2027")).toBe(
    "https://a.example/x.pdf#page=3:~:text=9%20Feb%202027",
  );
  expect(highlightedAt("https://a.example/x#top", "9 Feb 2027, 14:00 - CET")).toBe(
    "https://a.example/x#:~:text=9%20Feb%202027%2C%2014%3A00%20%2D%20CET",
  );
});

test("of a long quote its ends are looked for", () => {
  const quote = Array.from({ length: 40 }, (_, index) => `word${index}`).join(" ");
  expect(highlightedAt("https://a.example/", quote)).toBe(
    "https://a.example/#:~:text=word0%20word1%20word2%20word3,word36%20word37%20word38%20word39",
  );
});

test("a method that is not known is told as such", () => {
  expect(methodKey("label:table")).toBe("method.label");
  expect(methodKey("telepathy")).toBe("method.other");
});
