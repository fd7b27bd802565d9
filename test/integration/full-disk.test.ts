import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { canMountDisks, mountDisk } from "../fixtures/small-disk.ts";
import { openTestStation } from "../fixtures/station.ts";
import { emptyFolder, TOP } from "../fixtures/station-folder.ts";
import { newStationFolder } from "../fixtures/station-template.ts";

/* A disk that is really full while a station is set up. What fills it while it starts is in start-failures.test.ts. */

test.runIf(canMountDisks())(
	"a disk that fills during the set-up: each step is refused whole, and works later",
	async () => {
		const folder = join(emptyFolder(), "data");
		mkdirSync(folder);
		const disk = mountDisk(folder, 32);
		copyFileSync(join(newStationFolder(), "station.db"), join(folder, "station.db"));
		const first = await openTestStation({ isNew: true, folder });
		const steps = [
			["PUT", "/api/setup/site", { site: "service-centre-1" }, 204],
			["PUT", "/api/setup/printer", { address: null }, 204],
			["POST", "/api/enrolment", { server: "http://127.0.0.1:1", code: "7K2QX-M40ZD" }, 422],
		] as const;
		const ask = ([method, path, body]: (typeof steps)[number]) =>
			first.call(method, path, { token: first.station.kioskKey, body });
		const secrets = readFileSync(join(folder, "secrets.json"), "utf8");

		disk.fill();
		for (const step of steps)
			expect(await ask(step), step[1]).toMatchObject({ status: 507, body: { code: "DISK_FULL" } });
		expect(readFileSync(join(folder, "secrets.json"), "utf8")).toBe(secrets);
		expect(await first.call("GET", "/health/ready")).toMatchObject({ status: 507, body: { code: "DISK_FULL" } });
		expect((await first.call("GET", "/health/live")).status).toBe(200);
		// The first account fits into the room that a station keeps in its log: nobody is left without one.
		const supervisor = { token: first.station.kioskKey, body: { name: "Li Na", pin: "4821" } };
		expect((await first.call("GET", "/api/setup", { token: first.station.kioskKey })).body).toMatchObject({
			site: { origin: "default" },
			printer: { origin: "default" },
		});
		disk.free();
		expect((await first.call("GET", "/health/ready")).status).toBe(200);
		for (const step of steps) expect((await ask(step)).status, step[1]).toBe(step[3]);
		disk.fill();
		expect((await first.call("POST", "/api/setup/supervisor", supervisor)).status).toBe(201);
		await first.close();

		disk.free();
		const again = await openTestStation({ isNew: true, folder });
		const session = { body: { staff: "Li Na", pin: "4821", counter: "1" } };
		expect((await again.call("POST", "/api/session", session)).body).toMatchObject({ role: "administrator" });
		expect(spawnSync(process.execPath, [join(TOP, "bin/paihao.mjs"), "verify", "--data", folder]).status).toBe(0);
	},
);
