import { expect, test } from "vitest";
import { RateLimiter } from "../../../lib/rate-limiter.ts";
import { MINUTE_MS } from "../../../lib/time/durations.ts";

const openLimiter = () => new RateLimiter({ maxAttempts: 2, refuse: (until) => new Error(`until ${until}`) });

test("a key that has used its attempts is refused until its window ends; others go on", () => {
	const limiter = openLimiter();
	limiter.count("a", 1_000);
	limiter.requireBelowLimit("a", 2_000);
	limiter.count("a", 2_000);
	expect(() => limiter.requireBelowLimit("a", 2_001)).toThrow(`until ${1_000 + MINUTE_MS}`);
	limiter.requireBelowLimit("b", 2_001);
	limiter.requireBelowLimit("a", 1_000 + MINUTE_MS);
});

test("a clock that was set back holds no key back", () => {
	const limiter = openLimiter();
	for (const at of [5_000, 5_001]) limiter.count("a", at);
	limiter.requireBelowLimit("a", 4_000);
});

test("a reset key has all its attempts again", () => {
	const limiter = openLimiter();
	for (const at of [1, 2]) limiter.count("a", at);
	limiter.reset("a");
	limiter.requireBelowLimit("a", 3);
});

test("of more keys than it remembers, the one unused for longest is forgotten", () => {
	const limiter = openLimiter();
	for (const at of [1, 2]) limiter.count("first", at);
	for (let key = 0; key < 10_000; key += 1) limiter.count(`${key}`, 3);
	limiter.requireBelowLimit("first", 4);
});
