import styles from "./ask-staff.module.css";
import { Button } from "./button.tsx";
import { useDispatch, useKiosk, useMessages } from "./context.ts";

/** The way to staff where no tools are, which says so when they have heard it. */
export default function AskStaff() {
	const overlay = useKiosk("overlay");
	const { t } = useMessages();
	const dispatch = useDispatch();
	const heard = overlay.kind === "staff" && overlay.call === "heard";
	return (
		<div className={styles.staff}>
			<p role="status">{heard && t("staff.called")}</p>
			{!heard && (
				<Button kind="plain" onPress={() => dispatch({ type: "staff-asked" })}>
					{t("toolbar.staff")}
				</Button>
			)}
		</div>
	);
}
