import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { reduceKiosk } from "../../../../renderer/kiosk/state/reduce.ts";
import { initialKiosk } from "../../../../renderer/kiosk/state/state.ts";
import { IDLE_AFTER_MS, IDLE_WARNING_MS } from "../../../../renderer/kiosk/state/timing.ts";
import { now } from "../../../../renderer/ui/monotonic-clock.ts";

afterEach(() => {
	vi.useRealTimers();
});

const YEAR = 365 * 24 * 3_600_000;

test("whatever is done to the machine's clock, taps count again within a second, and an idle screen still ends", () => {
	fc.assert(
		fc.property(
			fc.array(fc.record({ jump: fc.integer({ min: -YEAR, max: YEAR }), pause: fc.nat(5_000) }), { maxLength: 20 }),
			(jumps) => {
				vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ["Date", "performance", "setTimeout"] });
				let kiosk = initialKiosk(now());
				for (const { jump, pause } of jumps) {
					kiosk = reduceKiosk(kiosk, { type: "touched", time: now() });
					kiosk = reduceKiosk(kiosk, { type: "staff-requested", time: now() });
					vi.setSystemTime(Date.now() + jump);
					vi.advanceTimersByTime(1_000);
					kiosk = reduceKiosk(kiosk, { type: "overlay-closed", time: now() });
					expect(kiosk.overlay.kind).toBe("none");
					vi.advanceTimersByTime(1_000 + pause);
				}
				kiosk = reduceKiosk(kiosk, { type: "mode-switched", mode: "contrast", time: now() });
				vi.setSystemTime(0);
				for (let passed = 0; passed <= IDLE_AFTER_MS + IDLE_WARNING_MS; passed += 1_000) {
					vi.advanceTimersByTime(1_000);
					kiosk = reduceKiosk(kiosk, { type: "ticked", time: now() });
				}
				expect(kiosk.modes.contrast).toBe("off");
			},
		),
	);
});
