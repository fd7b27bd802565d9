import { expect, test } from "vitest";
import type { Queue } from "../../../../protocol/api/board.ts";
import { createBoardSound } from "../../../../station/http/board-sound.ts";
import { openTestStation } from "../../../fixtures/station.ts";

const NOW = 1_000_000;

test("a board that cannot be heard counts until it can, or until it is off", () => {
	let changes = 0;
	const sound = createBoardSound(() => {
		changes += 1;
	});
	sound.report({ board: "one", audible: true }, NOW);
	expect([sound.countSilent(NOW), changes]).toEqual([0, 0]);
	sound.report({ board: "two", audible: false }, NOW);
	sound.report({ board: "two", audible: false }, NOW + 15_000);
	expect([sound.countSilent(NOW + 15_000), changes]).toEqual([1, 1]);
	expect(sound.countSilent(NOW + 60_000)).toBe(0);
	sound.report({ board: "two", audible: true }, NOW + 60_000);
	expect([sound.countSilent(NOW + 60_000), changes]).toEqual([0, 2]);
});

test("however many report, a hundred are remembered, the latest", () => {
	const sound = createBoardSound(() => undefined);
	for (let board = 0; board < 150; board += 1) sound.report({ board: String(board), audible: false }, NOW + board);
	expect(sound.countSilent(NOW + 150)).toBe(100);
});

test("a board that says that it is silent is shown at the desk", async () => {
	const { call, signIn } = await openTestStation();
	const token = await signIn("1");
	const silentBoards = async () => ((await call("GET", "/api/queue", { token })).body as unknown as Queue).silentBoards;
	const report = (audible: boolean) =>
		call("POST", "/api/board/sound", { body: { board: "0191b7a5-5a4f-7c3e-8f7e-3f6f7b8a9c0d", audible } });
	expect((await report(false)).status).toBe(204);
	expect(await silentBoards()).toBe(1);
	await report(true);
	expect(await silentBoards()).toBe(0);
});
