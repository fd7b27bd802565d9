import { rmSync } from "node:fs";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { newStationFolder } from "../../../fixtures/station-template.ts";
import { type Act, anyAct } from "../../../fixtures/ticket-life/actions.ts";
import { PlayedStation } from "../../../fixtures/ticket-life/played-station.ts";
import { ReferenceSite } from "../../../fixtures/ticket-life/reference-site.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

/*
 * Days of desks, kiosks, phones and a supervisor, played on a whole station and on a plain reference that is written from
 * docs/internals/tickets.md.
 */

const SHORT = 400;
/** `npm run test:long` plays 100,000, another way each time; PAIHAO_SEED repeats a run. */
const ACTS = Number(process.env.PAIHAO_TEST_ACTS ?? SHORT);
const SEED = Number(process.env.PAIHAO_SEED ?? (ACTS > SHORT ? Date.now() % 2 ** 31 : 20_261_201));
const LONGEST = 400;
/** A failed life is long, and shorter ones that fail alike take minutes to find: asked for by PAIHAO_TEST_SHRINK=1, with the seed that failed. */
const isShrunk = process.env.PAIHAO_TEST_SHRINK === "1";

class Command implements fc.AsyncCommand<ReferenceSite, PlayedStation> {
	readonly #act: Act;
	readonly #played: () => void;
	constructor(act: Act, played: () => void) {
		this.#act = act;
		this.#played = played;
	}
	check = () => true;
	async run(_: ReferenceSite, station: PlayedStation): Promise<void> {
		this.#played();
		await station.play(this.#act);
	}
	toString = () => JSON.stringify(this.#act);
}

test("whatever people do, the station does what the rules say and its screens show it", async () => {
	console.log(`seed ${SEED} (PAIHAO_SEED repeats it)`);
	// The work of each minute: its timer is played, so that the turn of a day comes with the clock.
	vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
	onTestFinished(() => void vi.useRealTimers());
	let acts = 0;
	let days = 0;
	const count = () => {
		acts += 1;
	};
	const commands = fc.commands([anyAct.map((act) => new Command(act, count))], {
		maxCommands: LONGEST,
		size: "max",
	});
	const life = fc.asyncProperty(commands, async (cmds) => {
		const folder = newStationFolder(() => {});
		const site = new ReferenceSite(MONDAY_NINE);
		const station = await PlayedStation.open(folder, site, () => vi.advanceTimersByTime(60_000));
		try {
			await fc.asyncModelRun(() => ({ model: site, real: station }), cmds);
			station.verify();
		} finally {
			await station.close();
			rmSync(folder, { recursive: true, force: true });
		}
		days += 1;
	});
	for (let round = 0; acts < ACTS; round += 1)
		await fc.assert(life, { seed: SEED + round, numRuns: 1, endOnFailure: !isShrunk });
	console.log(JSON.stringify({ acts, days }));
	expect(acts).toBeGreaterThanOrEqual(ACTS);
}, 7_200_000);
