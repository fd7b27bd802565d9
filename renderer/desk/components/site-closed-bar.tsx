import type { Site } from "../../../protocol/api/board.ts";
import { formatOpening } from "../messages/format-wait.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./notice-bar.module.css";

interface SiteClosedBarProps {
	/** Null until the station's first answer. */
	site: Pick<Site, "open" | "opensAt" | "timezone"> | null;
	messages: Messages;
}

/** The site is closed, by its hours or by hand: why nobody new comes, and that staff still can give numbers. */
export function SiteClosedBar({ site, messages }: SiteClosedBarProps) {
	return (
		<div role="status" className={styles.noticePlace}>
			{site !== null && !site.open && (
				<div className={styles.notice} data-kind="site-closed">
					<p>
						{site.opensAt === null
							? messages.t("deskSiteClosed")
							: messages.t("deskSiteClosedUntil", { time: formatOpening(site.opensAt, messages, site.timezone) })}
					</p>
				</div>
			)}
		</div>
	);
}
