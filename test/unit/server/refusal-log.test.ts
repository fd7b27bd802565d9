import { pino } from "pino";
import { expect, test } from "vitest";
import type { StationId } from "../../../protocol/model/ids.ts";
import { openRefusalLog } from "../../../server/http/refusal-log.ts";
import { Refusal } from "../../../server/refusal.ts";
import { randomId } from "../../fixtures/ids.ts";

test("strangers write sixty lines a minute, and how many more they were is one line; a station's are all logged", () => {
	const lines: { msg: string; omitted?: number; station?: string }[] = [];
	const logRefusal = openRefusalLog(pino({}, { write: (line) => void lines.push(JSON.parse(line)) }));
	const refusal = new Refusal("CODE_UNKNOWN");
	const takeLines = () => lines.splice(0);
	for (let turn = 0; turn < 600; turn += 1) logRefusal(refusal, undefined, 1_000 + turn);
	expect(takeLines()).toHaveLength(60);
	const id: StationId = randomId();
	for (let turn = 0; turn < 100; turn += 1) logRefusal(refusal, id, 2_000);
	expect(takeLines().filter(({ station }) => station === id)).toHaveLength(100);
	logRefusal(refusal, undefined, 61_000);
	expect(takeLines()).toMatchObject([
		{ msg: "http.request.refused.omitted", omitted: 540 },
		{ msg: "http.request.refused" },
	]);
	// A clock that was set back silences nobody.
	logRefusal(refusal, undefined, 5);
	expect(takeLines()).toHaveLength(1);
});
