import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { spooler } from "../../../../fixtures/fake-cups.ts";
import { cuttingRelay, networkPrinter } from "../../../../fixtures/print-harness.ts";
import { pictureOf, queueWith } from "../../../../fixtures/standby-queue.ts";
import { MONDAY_NINE } from "../../../../fixtures/ticket-service.ts";

const ready = { timeout: 6_000, interval: 5 };

test("while the first printer works, the stand-by prints nothing", async () => {
	const first = await networkPrinter();
	onTestFinished(first.close);
	const { issue, rows, standby } = await queueWith(first.url);
	issue(3);
	await vi.waitFor(() => expect(rows().map(({ state }) => state)).toEqual(Array(3).fill("confirmed")), ready);
	expect(first.papers).toHaveLength(3);
	expect(standby.papers).toEqual([]);
});

test("without paper in the first one, tickets come out of the stand-by, unmarked, in its own width; then out of the first again", async () => {
	const first = await networkPrinter();
	onTestFinished(first.close);
	const { issue, rows, standby, queue, verify } = await queueWith(first.url);
	await vi.waitFor(() => expect(queue.status().condition).toBe("ready"), ready);
	first.simulator.change({ paper: "out" });
	await vi.waitFor(
		() => expect(queue.status().insteadOf).toEqual({ condition: "paper-out", since: MONDAY_NINE }),
		ready,
	);
	expect(queue.status()).toMatchObject({ condition: "ready", paperNearEnd: false });
	issue(2);
	await vi.waitFor(() => expect(rows().map(({ state }) => state)).toEqual(["confirmed", "confirmed"]), ready);
	expect(standby.papers.map(({ bitmap }) => bitmap)).toEqual(["B001", "B002"].map((one) => pictureOf(one, false, 384)));
	expect(first.papers).toEqual([]);
	first.simulator.change({ paper: "full" });
	await vi.waitFor(() => expect(queue.status()).toEqual({ condition: "ready", paperNearEnd: false }), ready);
	issue();
	await vi.waitFor(() => expect(first.papers).toHaveLength(1), ready);
	expect(verify()).toBe("agrees");
});

test("a ticket that the first one tore comes out of the stand-by marked as a copy, once", async () => {
	const first = await networkPrinter();
	onTestFinished(first.close);
	const relay = await cuttingRelay(first.port, 9_000);
	const { issue, rows, standby, queue, verify } = await queueWith(`tcp://127.0.0.1:${relay.port}`);
	await vi.waitFor(() => expect(queue.status().condition).toBe("ready"), ready);
	issue();
	// The printer is gone for good after the cut.
	await vi.waitFor(() => expect(rows()[0]?.state).not.toBe("queued"), ready);
	await relay.close();
	await vi.waitFor(() => expect(rows().map(({ state }) => state)).toEqual(["reprinted", "confirmed"]), ready);
	expect(standby.papers.map(({ bitmap }) => bitmap)).toEqual([pictureOf("B001", true, 384)]);
	expect(rows().map(({ copy }) => copy)).toEqual([1, 2]);
	expect(verify()).toBe("agrees");
});

test("a lost reply of a printer that still works brings no copy: a person decides", async () => {
	const first = await networkPrinter(576);
	onTestFinished(first.close);
	const { issue, rows, standby, queue } = await queueWith(first.url);
	await vi.waitFor(() => expect(queue.status().condition).toBe("ready"), ready);
	const accept = first.simulator.accept.bind(first.simulator);
	vi.spyOn(first.simulator, "accept").mockImplementation((bytes, _reply, done) =>
		// The request for confirmation of the ticket is lost.
		accept(bytes.length > 200 ? bytes.subarray(0, bytes.length - 11) : bytes, _reply, done),
	);
	issue();
	await vi.waitFor(() => expect(rows().map(({ state }) => state)).toEqual(["doubtful"]), ready);
	expect(standby.papers).toEqual([]);
});

test("when neither can print, the ticket waits, and the state is that of the first", async () => {
	const first = await networkPrinter();
	onTestFinished(first.close);
	const { issue, rows, standby, queue } = await queueWith(first.url);
	await vi.waitFor(() => expect(queue.status().condition).toBe("ready"), ready);
	standby.simulator.change({ coverOpen: true });
	first.simulator.change({ paper: "out" });
	await vi.waitFor(() => expect(queue.status()).toEqual({ condition: "paper-out", paperNearEnd: true }), ready);
	issue();
	expect(rows().map(({ state }) => state)).toEqual(["queued"]);
	standby.simulator.change({ coverOpen: false });
	await vi.waitFor(() => expect(standby.papers).toHaveLength(1), ready);
	first.simulator.change({ paper: "full" });
	await vi.waitFor(() => expect(queue.status()).toEqual({ condition: "ready", paperNearEnd: false }), ready);
	issue();
	await vi.waitFor(() => expect(first.papers).toHaveLength(1), ready);
	expect(standby.papers).toHaveLength(1);
});

test("a job that is stuck at CUPS is taken back and comes out of the stand-by, marked; the next one comes out there too", async () => {
	const { install, folder, said } = spooler({
		lp: 'cat > "$0.job"; echo "front-desk-12 root" > "$(dirname "$0")/waiting"; echo "request id is front-desk-12 (1 file(s))"',
	});
	onTestFinished(() => void vi.unstubAllEnvs());
	install("cancel", 'rm "$(dirname "$0")/waiting"');
	const { issue, rows, standby, queue, verify } = await queueWith("lp:front-desk");
	await vi.waitFor(() => expect(queue.status()).toEqual({ condition: "ready", paperNearEnd: false }), ready);
	issue();
	await vi.waitFor(() => expect(rows().map(({ state }) => state)).toEqual(["reprinted", "confirmed"]), ready);
	expect(standby.papers.map(({ bitmap }) => bitmap)).toEqual([pictureOf("B001", true, 384)]);
	expect(said("cancel")).toEqual(["front-desk-12"]);
	expect(existsSync(join(folder, "waiting"))).toBe(false);
	expect(queue.status().insteadOf).toMatchObject({ condition: "offline", reason: "job-stuck" });
	issue();
	await vi.waitFor(() => expect(standby.papers).toHaveLength(2), ready);
	expect(standby.papers[1]?.bitmap).toEqual(pictureOf("B002", false, 384));
	expect(verify()).toBe("agrees");
});
