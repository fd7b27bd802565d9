import { beforeEach, expect, test, vi } from "vitest";
import { watchCorner } from "../../../../renderer/kiosk/staff-gate/watch-corner.ts";

beforeEach(() => {
	vi.useFakeTimers();
	return () => void vi.useRealTimers();
});

function glass() {
	const listeners = new Map<string, (place: { clientX: number; clientY: number }) => void>();
	const onHeld = vi.fn();
	watchCorner({ mm: 4, on: (kind, listener) => void listeners.set(kind, listener), onHeld });
	const touch = (kind: string, clientX = 20, clientY = 20) => listeners.get(kind)?.({ clientX, clientY });
	return { touch, onHeld };
}

test("a finger that rests in the corner for five seconds opens the gate once", () => {
	const { touch, onHeld } = glass();
	touch("pointerdown");
	touch("pointermove", 25, 22);
	vi.advanceTimersByTime(4_990);
	expect(onHeld).not.toHaveBeenCalled();
	vi.advanceTimersByTime(20);
	touch("pointerup");
	vi.advanceTimersByTime(20_000);
	expect(onHeld).toHaveBeenCalledOnce();
});

test.each([
	["lets go", (touch: ReturnType<typeof glass>["touch"]) => touch("pointerup")],
	["moves on", (touch: ReturnType<typeof glass>["touch"]) => touch("pointermove", 120, 20)],
	["is taken over by the system", (touch: ReturnType<typeof glass>["touch"]) => touch("pointercancel")],
])("one that %s before that does not", (_, end) => {
	const { touch, onHeld } = glass();
	touch("pointerdown");
	vi.advanceTimersByTime(4_000);
	end(touch);
	vi.advanceTimersByTime(20_000);
	expect(onHeld).not.toHaveBeenCalled();
});

test("nor does one elsewhere, nor many short touches", () => {
	const { touch, onHeld } = glass();
	touch("pointerdown", 300, 20);
	vi.advanceTimersByTime(20_000);
	for (let taps = 0; taps < 20; taps++) {
		touch("pointerdown");
		vi.advanceTimersByTime(900);
	}
	touch("pointerup");
	vi.advanceTimersByTime(20_000);
	expect(onHeld).not.toHaveBeenCalled();
});
