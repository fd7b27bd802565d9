import { watchCorner } from "./watch-corner.ts";

/** Only the station's own kiosk has a key, and with it a gate for supervisors. */
export function startStaffGate(key: string): void {
	if (key === "") return;
	watchCorner({
		mm: Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--mm")) || 4,
		on: (kind, listener) => addEventListener(kind, listener, { capture: true }),
		onHeld: () => void import("./open-staff-gate.tsx").then(({ openStaffGate }) => openStaffGate(key)),
	});
}
