import type { Health } from "../../../protocol/api/health.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./notice-bar.module.css";

/** The station's disk fills, or is full: staff can go on, and tell IT in time. */
export function DiskBar({ disk, messages }: { disk: Health["disk"]; messages: Messages }) {
	const state = disk?.state ?? "enough";
	return (
		<div role="alert" className={styles.noticePlace}>
			{state !== "enough" && (
				<div className={styles.notice} data-kind="disk">
					<p>{messages.t(`disk_${state}`)}</p>
				</div>
			)}
		</div>
	);
}
