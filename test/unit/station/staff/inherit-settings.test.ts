import { expect, test } from "vitest";
import { openOwnEventLog } from "../../../../cli/open-event-log.ts";
import { openBeside } from "../../../../db/station/open.ts";
import { openRandom } from "../../../../lib/random.ts";
import type { InheritedPrinter, InheritedSettings } from "../../../../protocol/sync/inherited-settings.ts";
import { offerPrinter } from "../../../../station/app/chosen-settings.ts";
import { openSecrets } from "../../../../station/app/secrets.ts";
import { inherit, readSettingsToInherit } from "../../../../station/staff/inherit-settings.ts";
import { openSiteSettings } from "../../../../station/staff/site-settings.ts";
import { openStaffAccounts } from "../../../../station/staff/staff-accounts.ts";
import { asCounter, asStaffId, asTopicId } from "../../../fixtures/ids.ts";
import { openTestStation } from "../../../fixtures/station.ts";
import { MIGRATIONS } from "../../../fixtures/station-folder.ts";
import { MONDAY_NINE } from "../../../fixtures/ticket-service.ts";

const LI = { id: asStaffId("0197f7c0-0000-7000-8000-000000000001"), name: "Li Na", role: "administrator" } as const;
const WANG = { id: asStaffId("0197f7c0-0000-7000-8000-000000000002"), name: "Wang", role: "agent" } as const;
const ZHAO = { id: asStaffId("0197f7c0-0000-7000-8000-000000000003"), name: "Zhao", role: "supervisor" } as const;
const OLD: InheritedSettings = {
	staff: [LI, WANG, ZHAO],
	counters: [{ counter: asCounter("2"), setting: { topics: [asTopicId("work-permit")], languages: ["fr"] } }],
	topics: [{ topic: asTopicId("work-permit"), setting: { open: true, quota: 40, perQuarterHour: null } }],
	printer: { address: "tcp://127.0.0.1:1", profile: "Generic 58 mm" },
};
const { printer: _, ...OLD_SETTINGS } = OLD;

/** A new device of the site, after it was enrolled in the place of one that had this. */
async function newDevice(settings: InheritedSettings) {
	const { folder, close } = await openTestStation({ isNew: true });
	await close();
	const take = (from = settings) => {
		const { database, close: closeDatabase } = openBeside(folder, MIGRATIONS);
		try {
			const { id: newId } = openRandom();
			const eventLog = openOwnEventLog(database, { data: folder, newId, now: MONDAY_NINE });
			const staff = openStaffAccounts({ database, eventLog, pepper: openSecrets(folder).pinPepper, newId });
			const settings = openSiteSettings(database, eventLog, 0);
			const offer = (printer: InheritedPrinter) => offerPrinter(folder, printer);
			const count = inherit(from, { database, staff, settings, offerPrinter: offer }, MONDAY_NINE);
			return { count, has: readSettingsToInherit(database) };
		} finally {
			closeDatabase();
		}
	};
	const taken = take();
	const station = await openTestStation({ isNew: true, folder });
	const asKiosk = (method: string, path: string, body?: unknown) =>
		station.call(method, `/api/setup${path}`, { token: station.station.kioskKey, body });
	const signIn = (staff: string, pin: string, counter = "2") =>
		station.call("POST", "/api/session", { body: { staff, pin, counter } });
	return { ...station, taken, take, asKiosk, signIn };
}

test("a device in another's place has its accounts and settings, and hands the same on", async () => {
	const { taken, take } = await newDevice(OLD);
	expect(taken).toEqual({ count: { accounts: 3, settings: 2 }, has: OLD_SETTINGS });
	expect(take()).toEqual({ count: { accounts: 0, settings: 0 }, has: OLD_SETTINGS });
});

test("an account without a PIN signs nobody in, not even with an empty one", async () => {
	const { signIn, asKiosk } = await newDevice(OLD);
	for (const pin of ["4821", "0000"])
		expect(await signIn("zhao", pin)).toMatchObject({
			status: 409,
			body: { code: "PIN_MISSING", data: { name: "Zhao" } },
		});
	expect((await signIn("zhao", "")).status).toBe(400);
	expect(await asKiosk("GET", "")).toMatchObject({
		status: 200,
		body: { isFirstStart: true, withoutPin: { accounts: 3, administrators: ["Li Na"] } },
	});
});

test("whoever administered the old device gets a PIN at the screen, and gives the others theirs", async () => {
	const { asKiosk, signIn, call } = await newDevice(OLD);
	const choose = (name: string) => asKiosk("POST", "/supervisor", { name, pin: "4821" });
	expect(await choose("Wang")).toMatchObject({ status: 409, body: { code: "STAFF_EXISTS" } });
	expect(await choose("li na")).toMatchObject({ status: 201, body: { name: "Li Na" } });
	expect(await choose("li na")).toMatchObject({ status: 403, body: { code: "FIRST_START_OVER" } });
	const { body } = await signIn("Li Na", "4821");
	const token = String(body.token);
	const accounts = async () => (await call("GET", "/api/staff", { token })).body.accounts;
	expect(await accounts()).toMatchObject([
		{ id: LI.id, hasPin: true },
		{ id: WANG.id, hasPin: false },
		{ id: ZHAO.id, hasPin: false },
	]);
	const reset = await call("POST", `/api/staff/${ZHAO.id}/pin`, { token });
	expect((await signIn("Zhao", String(reset.body.pin), "1")).body).toMatchObject({ role: "supervisor" });
});

test("what was set on the new device already stays", async () => {
	const { take } = await newDevice(OLD);
	const other = take({
		staff: [{ ...LI, id: asStaffId("0197f7c0-0000-7000-8000-000000000009"), name: "LI NA" }],
		counters: [{ counter: asCounter("2"), setting: { topics: null, languages: [] } }],
		topics: [{ topic: asTopicId("work-permit"), setting: { open: false, quota: null, perQuarterHour: null } }],
		printer: null,
	});
	expect(other.has).toEqual(OLD_SETTINGS);
});

test("the printer of the device before it is offered, and used once somebody chooses it", async () => {
	const { asKiosk } = await newDevice(OLD);
	const printer = async () => (await asKiosk("GET", "")).body.printer;
	expect(await printer()).toMatchObject({ place: null, origin: "default", inherited: "tcp://127.0.0.1:1" });
	expect((await asKiosk("GET", "/printers")).body).toMatchObject({
		printers: expect.arrayContaining([
			{ address: "tcp://127.0.0.1:1", kind: "inherited", name: "Generic 58 mm", profile: "Generic 58 mm" },
		]),
	});
	expect((await asKiosk("PUT", "/printer", { address: "tcp://127.0.0.1:1" })).status).toBe(204);
	expect(await printer()).toMatchObject({ place: "tcp://127.0.0.1:1", origin: "chosen" });
});

test.each(["device:/etc/passwd", "virtual:/tmp/x", "lp:front-desk", "tcp://127.0.0.1:9100?proof=sent", "rubbish"])(
	"%s is not offered, whatever the server says: it is no plain address on the network",
	async (address) => {
		const { asKiosk } = await newDevice({ ...OLD, printer: { address, profile: null } });
		expect((await asKiosk("GET", "")).body.printer).toMatchObject({ inherited: null });
		expect(await asKiosk("PUT", "/printer", { address })).toMatchObject({ body: { code: "PRINTER_NOT_FOUND" } });
	},
);

test("a model that this version does not know is left out", async () => {
	const { asKiosk } = await newDevice({ ...OLD, printer: { address: "tcp://127.0.0.1:1", profile: "TM-T99" } });
	const { printers } = (await asKiosk("GET", "/printers")).body as { printers: unknown[] };
	expect(printers).toContainEqual(expect.objectContaining({ address: "tcp://127.0.0.1:1", profile: null }));
});
