import { useEffect, useRef, useState } from "react";
import type { OwnFigures } from "../../../protocol/model/staff.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./current-ticket.module.css";

interface OwnFiguresLineProps {
	load(): Promise<OwnFigures | null>;
	/** Rises with each action at this desk. */
	changed: number;
	messages: Messages;
}

/** What the member of staff did today, in one quiet line. */
export function OwnFiguresLine({ load, changed, messages: { t } }: OwnFiguresLineProps) {
	const [figures, setFigures] = useState<OwnFigures | null>(null);
	const latest = useRef(load);
	latest.current = load;
	// biome-ignore lint/correctness/useExhaustiveDependencies: an action is the reason to ask again.
	useEffect(() => {
		let isOld = false;
		void latest.current().then((found) => {
			if (!isOld && found !== null) setFigures(found);
		});
		return () => {
			isOld = true;
		};
	}, [changed]);
	if (figures === null) return null;
	const { served, missed, meanServiceMs } = figures;
	return (
		<p className={styles.figures}>
			{t("figures", { served, missed })}
			{meanServiceMs !== null && ` · ${t("figuresMean", { minutes: Math.round(meanServiceMs / 6_000) / 10 })}`}
		</p>
	);
}
