import { createRoot } from "react-dom/client";
import { createStationClient } from "../../../api-client/station-client.ts";
import { type GateResult, StaffGate } from "./staff-gate.tsx";

/** Shows the PIN pad over whatever the kiosk shows, in a root of its own: it is there when a screen is broken too. */
export function openStaffGate(key: string): void {
	if (document.querySelector("[data-staff-gate]")) return;
	const place = document.createElement("div");
	place.dataset.staffGate = "";
	document.body.append(place);
	const root = createRoot(place);
	const client = createStationClient({ token: key });
	root.render(
		<StaffGate
			act={async (pin, action): Promise<GateResult> => {
				const answer = await client.staffGate.act({ pin, action });
				if (answer.kind === "ok") return "done";
				if (answer.kind === "unreachable") return "unreachable";
				return answer.code === "SIGN_IN_REFUSED" || answer.code === "STAFF_LOCKED" ? answer.code : "other";
			}}
			onClose={() => {
				root.unmount();
				place.remove();
			}}
		/>,
	);
}
