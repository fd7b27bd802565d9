import styles from "./ask-staff.module.css";
import { Button } from "./button.tsx";
import { useKiosk, useTell, useWords } from "./context.ts";

/** The way to staff where no tools are, which says so when they have heard it. */
export default function AskStaff() {
	const overlay = useKiosk("overlay");
	const { say } = useWords();
	const tell = useTell();
	const heard = overlay.kind === "staff" && overlay.call === "heard";
	return (
		<div className={styles.staff}>
			<p role="status">{heard && say("staff.called")}</p>
			{!heard && (
				<Button kind="plain" onPress={() => tell({ type: "staff-asked" })}>
					{say("tools.staff")}
				</Button>
			)}
		</div>
	);
}
