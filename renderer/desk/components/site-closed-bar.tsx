import type { Site } from "../../../protocol/api/board.ts";
import { formatOpening } from "../messages/format-wait.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./notice-bar.module.css";

interface SiteClosedBarProps {
	/** Null until the station's first answer. */
	site: Pick<Site, "open" | "opensAt" | "timezone"> | null;
	/** The station's time, UTC milliseconds. */
	now: number;
	messages: Messages;
}

/** The site is closed, by its hours or by hand: why nobody new comes, and that staff still can give numbers. */
export function SiteClosedBar({ site, now, messages }: SiteClosedBarProps) {
	return (
		<div role="status" className={styles.noticePlace}>
			{site !== null && !site.open && (
				<div className={styles.notice} data-kind="site-closed">
					<p>
						{site.opensAt === null
							? messages.t("deskSiteClosed")
							: messages.t("deskSiteClosedUntil", {
									time: formatOpening(site.opensAt, messages, { timeZone: site.timezone, now }),
								})}
					</p>
				</div>
			)}
		</div>
	);
}
