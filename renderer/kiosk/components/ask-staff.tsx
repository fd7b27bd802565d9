import { STAFF_CALL_MESSAGES } from "../messages/staff-call.ts";
import styles from "./ask-staff.module.css";
import { Button } from "./button.tsx";
import { useDispatch, useKiosk, useMessages } from "./context.ts";

/** Calls staff from a screen without the toolbar. */
export default function AskStaff() {
	const overlay = useKiosk("overlay");
	const { t } = useMessages();
	const dispatch = useDispatch();
	const call = overlay.kind === "staff" ? overlay.call : "failed";
	const isReceived = call === "received" || call === "answered";
	return (
		<div className={styles.staff}>
			<p role="status">{isReceived && t(STAFF_CALL_MESSAGES[call].title)}</p>
			{!isReceived && (
				<Button kind="plain" onPress={() => dispatch({ type: "staff-requested" })}>
					{t("toolbar.staff")}
				</Button>
			)}
		</div>
	);
}
