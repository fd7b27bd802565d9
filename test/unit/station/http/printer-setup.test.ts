import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openTestStation } from "../../../fixtures/station.ts";

async function supervisedStation(options: Parameters<typeof openTestStation>[0] = {}) {
	const station = await openTestStation(options);
	const token = await station.signIn("1", "Wang", "supervisor");
	await vi.waitFor(async () => {
		const { body } = await station.call("GET", "/api/health");
		expect(body.printer).toMatchObject({ condition: "ready", proof: "confirmed", description: expect.any(String) });
	});
	const pieces = () => readdirSync(join(station.folder, "paper")).filter((name) => name.endsWith(".png")).length;
	return { ...station, token, pieces };
}

test("a supervisor prints the sheet, answers, and the options are kept, also after a restart", {
	timeout: 40_000,
}, async () => {
	const { call, token, pieces, close, folder, issue } = await supervisedStation();
	const { body: before } = await call("GET", "/api/printer/setup", { token });
	expect(before).toMatchObject({
		profile: null,
		dialect: "epson",
		widthDots: 576,
		hasCutter: true,
		kept: null,
		fixed: [],
	});
	expect(before.profiles).toContain("Xprinter XP-80");
	expect(String(before.place)).toMatch(/^virtual:/);

	const sheet = await call("POST", "/api/printer/sheet", { token, body: { profile: "xprinter xp80" } });
	expect(sheet.status).toBe(204);
	expect(pieces()).toBe(1);
	const kept = await call("POST", "/api/printer/setup", { token, body: { width: 512, picture: "torn", cut: "none" } });
	expect(kept).toMatchObject({
		status: 200,
		body: {
			...{ profile: "Xprinter XP-80", widthDots: 512, hasCutter: false, feedMm: 15, bandRows: 64 },
			kept: "profile=Xprinter%20XP-80&width=512&cut=none&band=4KB",
		},
	});
	await issue();
	await vi.waitFor(() => expect(pieces()).toBe(2), { timeout: 20_000 });
	await close();

	const again = await supervisedStation({ folder });
	const { body: after } = await again.call("GET", "/api/printer/setup", { token: again.token });
	expect(after).toMatchObject({ widthDots: 512, hasCutter: false });
});

test("two supervisors who keep answers at once: one after the other, and the station prints on", {
	timeout: 40_000,
}, async () => {
	const { call, token, issue, pieces } = await supervisedStation();
	const keep = (width: number) =>
		call("POST", "/api/printer/setup", { token, body: { width, picture: "whole", cut: "cut" } });
	const answers = await Promise.all([keep(512), keep(432), keep(384)]);
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	await issue();
	await vi.waitFor(() => expect(pieces()).toBe(1), { timeout: 20_000 });
});

test("what the address says cannot be changed by the sheet, and is named", async () => {
	const { call, token, folder } = await supervisedStation({ flags: [] });
	const { body } = await call("GET", "/api/printer/setup", { token });
	expect(body.fixed).toEqual([]);
	const fixed = await supervisedStation({ flags: ["--printer", `virtual:${join(folder, "other")}?width=58&cut=none`] });
	const kept = await fixed.call("POST", "/api/printer/setup", {
		token: fixed.token,
		body: { width: 360, picture: "whole", cut: "cut" },
	});
	expect(kept.body).toMatchObject({ widthDots: 384, hasCutter: false, fixed: ["width", "cut"] });
});

test("the profile of the setting is used, and an unknown one stops the start with one sentence", async () => {
	const { call, token } = await supervisedStation({ flags: ["--printer-profile", "generic 58 mm without cutter"] });
	const { body } = await call("GET", "/api/printer/setup", { token });
	expect(body).toMatchObject({ profile: "Generic 58 mm without cutter", widthDots: 384, hasCutter: false });
	await expect(openTestStation({ flags: ["--printer-profile", "Xprintr XP-80"] })).rejects.toMatchObject({
		code: "PRINTER_PROFILE",
		message: expect.stringContaining('Did you mean "Xprinter XP-80"?'),
	});
});

test("refused: an unknown profile, a width that no paper has, an agent, nobody", async () => {
	const { call, token, signIn, pieces } = await supervisedStation();
	const unknown = await call("POST", "/api/printer/sheet", { token, body: { profile: "Teapot 3000" } });
	expect(unknown).toMatchObject({ status: 404, body: { code: "PRINTER_PROFILE_UNKNOWN" } });
	for (const width of [0, 359, 641, 57.5, "576"]) {
		const body = { width, picture: "whole", cut: "cut" };
		expect((await call("POST", "/api/printer/setup", { token, body })).status).toBe(400);
	}
	const agent = await signIn("2");
	expect((await call("POST", "/api/printer/sheet", { token: agent, body: { profile: null } })).status).toBe(403);
	expect((await call("GET", "/api/printer/setup")).status).toBe(401);
	expect(pieces()).toBe(0);
});

test("a stand-by and a kiosk's own printer are in the health, each with what it can do", async () => {
	const first = await supervisedStation();
	const flags = [
		...["--standby-printer", `virtual:${join(first.folder, "standby")}?width=58`],
		...["--kiosk-printer", `Hall 2=virtual:${join(first.folder, "hall")}`],
	];
	const { call } = await supervisedStation({ flags });
	await vi.waitFor(async () => {
		const { body } = await call("GET", "/api/health");
		expect(body.otherPrinters).toEqual([
			expect.objectContaining({ use: "standby", kiosk: null, condition: "ready", proof: "confirmed", advice: null }),
			expect.objectContaining({ use: "kiosk", kiosk: "Hall 2", condition: "ready", description: expect.any(String) }),
		]);
	});
});

test("two kiosks on one printer share its queue, and both are in the health", async () => {
	const { folder } = await supervisedStation();
	const hall = `virtual:${join(folder, "hall")}`;
	const { call } = await supervisedStation({
		flags: ["--kiosk-printer", `Hall 2=${hall},Hall 3=${hall}`],
	});
	await vi.waitFor(async () => {
		const { body } = await call("GET", "/api/health");
		expect(body.otherPrinters).toEqual([
			expect.objectContaining({ kiosk: "Hall 2", condition: "ready" }),
			expect.objectContaining({ kiosk: "Hall 3", condition: "ready" }),
		]);
	});
});

test.each(["Hall 2", "=tcp://host:9100", "Hall="])("--kiosk-printer %j is refused in one sentence", async (value) => {
	await expect(openTestStation({ flags: ["--kiosk-printer", value] })).rejects.toMatchObject({
		code: "CONFIGURATION_REFUSED",
	});
});
