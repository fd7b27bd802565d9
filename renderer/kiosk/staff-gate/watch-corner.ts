/** Nobody holds a finger still in a corner for so long by chance. */
const HOLD_MS = 5_000;
const CORNER_MM = 22;
/** A finger that rests moves a little. */
const REST_MM = 8;

type Place = Pick<PointerEvent, "clientX" | "clientY">;

export interface CornerDeps {
	/** Pixels to a millimetre. */
	mm: number;
	on(kind: "pointerdown" | "pointermove" | "pointerup" | "pointercancel", listener: (place: Place) => void): void;
	onHeld(): void;
}

/** Calls `onHeld` when a finger has rested in the upper left corner of the glass for five seconds. */
export function watchCorner({ mm, on, onHeld }: CornerDeps): void {
	let held: { place: Place; timer: ReturnType<typeof setTimeout> } | undefined;
	const release = () => {
		clearTimeout(held?.timer);
		held = undefined;
	};
	on("pointerdown", (place) => {
		release();
		if (place.clientX > CORNER_MM * mm || place.clientY > CORNER_MM * mm) return;
		held = { place, timer: setTimeout(onHeld, HOLD_MS) };
	});
	on("pointermove", ({ clientX, clientY }) => {
		if (!held) return;
		const moved = Math.hypot(clientX - held.place.clientX, clientY - held.place.clientY);
		if (moved > REST_MM * mm) release();
	});
	on("pointerup", release);
	on("pointercancel", release);
}
