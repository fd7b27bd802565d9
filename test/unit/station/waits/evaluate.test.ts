import { describe, expect, test } from "vitest";
import { evaluateWaits } from "../../../../bench/waits/evaluate.ts";
import { SETTINGS, type Setting } from "../../../../bench/waits/settings.ts";

/** `npm run test:long` judges the 120 days of the benchmark. */
const DAYS = Number(process.env.PAIHAO_TEST_WAIT_DAYS ?? 12);
const IS_LONG = DAYS >= 120;

const judge = (setting: Setting) => evaluateWaits(setting, { seed: 2_026, days: DAYS, learnDays: IS_LONG ? 10 : 6 });

describe.each(SETTINGS)("simulated days at the site %s", (setting) => {
	test("a range holds about eight of ten visitors, and is closer than the peers' rules", { timeout: 600_000 }, () => {
		const judged = judge(setting);
		const rule = judged.peers["queue x mean / open counters"];
		expect(judged.cover).toBeGreaterThan(IS_LONG ? 0.78 : 0.7);
		expect(judged.cover).toBeLessThan(IS_LONG ? 0.84 : 0.9);
		expect(judged.errorMinutes / rule.errorMinutes).toBeLessThan(IS_LONG ? 0.8 : 0.9);
		for (const peer of Object.values(judged.peers)) expect(judged.errorMinutes).toBeLessThan(peer.errorMinutes);
		if (IS_LONG) expect(judged.widthMinutes / judged.proportionalRange.widthMinutes).toBeLessThan(0.6);
	});

	test("the same seed gives the same judgement", { timeout: 60_000 }, () => {
		const again = () => evaluateWaits(setting, { seed: 3, days: 1, learnDays: 1 });
		expect(again()).toEqual(again());
	});
});
