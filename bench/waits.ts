import { writeFigure } from "./figure.ts";
import { evaluateWaits } from "./waits/evaluate.ts";
import { PEERS } from "./waits/peer-rules.ts";
import { SETTINGS } from "./waits/settings.ts";

const DAYS = 120;
const LEARN_DAYS = 10;
/** The rules were made with the sites 5 and 77. These were not looked at before. */
const SEED = 2_026;

/** How honest the promised waits are: simulated days at four sites, beside the peers' rules on the same days. */
export async function benchWaits(): Promise<void> {
	for (const setting of SETTINGS) {
		const judged = evaluateWaits(setting, { seed: SEED, days: DAYS, learnDays: LEARN_DAYS });
		const rule = judged.peers["queue x mean / open counters"];
		writeFigure({
			figure: `waits, ${setting}: visitors whose wait was in the range, of those who had to wait`,
			value: judged.cover,
			unit: "of 1",
			goal: { between: [0.78, 0.84] },
			beside: {
				"visitors who had to wait": judged.visitors,
				"who found a free counter, as they were told": judged.freeCounter,
				"as shown, in steps of 5 minutes": judged.coverShown,
				"without the correction from the record": judged.coverRaw,
				"0.7 to 1.4 of queue x catalogue's minutes / open counters": judged.formerRange.cover,
			},
		});
		writeFigure({
			figure: `waits, ${setting}: width of the range, against the narrowest proportional range of queue x mean / open counters that holds 80 %`,
			value: judged.widthMinutes / judged.proportionalRange.widthMinutes,
			unit: "of 1",
			goal: { atMost: 0.6 },
			beside: {
				"width, min": judged.widthMinutes,
				"as shown, min": judged.widthShownMinutes,
				"proportional range, min": judged.proportionalRange.widthMinutes,
				"the rule with the same minutes added for everybody, min": rule.widthMinutes,
				"and what that holds": rule.cover,
			},
		});
		writeFigure({
			figure: `waits, ${setting}: mean absolute error, against queue x mean / open counters`,
			value: judged.errorMinutes / rule.errorMinutes,
			unit: "of 1",
			goal: { atMost: 0.8 },
			beside: {
				"ours, min": judged.errorMinutes,
				"mean wait, min": judged.meanWaitMinutes,
				...Object.fromEntries(PEERS.map((peer) => [`${peer}, min`, judged.peers[peer].errorMinutes])),
			},
		});
	}
}
