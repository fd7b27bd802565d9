import { type FormEvent, useState } from "react";
import type { LeftOpen } from "../../../protocol/model/staff.ts";
import { CloseDay } from "./close-day.tsx";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import { SiteChoice } from "./site-choice.tsx";
import type { OpeningNow } from "./supervision-client.ts";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** The whole site: open or closed, closing it by hand, and what the last days left open. */
export function SitePanel(props: PanelProps) {
	const { supervisor, t, messages, report, why } = props;
	const opening = useRequest(supervisor.opening, props.changed);
	const leftOpen = useRequest(supervisor.leftOpen, props.changed);
	const close = async (until: number | null) => {
		report(await supervisor.closeSite(until));
		opening.reload();
	};
	const reopen = async () => {
		report(await supervisor.reopenSite());
		opening.reload();
	};
	return (
		<>
			{opening.value !== null && <OpeningForm {...props} opening={opening.value} close={close} reopen={reopen} />}
			<CloseDay {...props} onChange={opening.reload} />
			<SiteChoice {...props} />
			<List
				request={leftOpen}
				columns={[t("leftOpen"), t("actions")]}
				none={t("leftOpenNone")}
				messages={messages}
				why={why}
				rows={({ days }) =>
					days.map((day) => (
						<LeftOpenRow
							key={day.serviceDay}
							{...props}
							day={day}
							bringBack={async (ticket) => {
								report(await supervisor.undo(ticket.id, ticket.version));
								leftOpen.reload();
							}}
						/>
					))
				}
			/>
		</>
	);
}

interface OpeningFormProps extends Pick<PanelProps, "t" | "clock"> {
	opening: OpeningNow;
	/** Null is for the rest of the day. */
	close(until: number | null): Promise<void>;
	reopen(): Promise<void>;
}

function OpeningForm({ opening, t, clock, close, reopen }: OpeningFormProps) {
	const [time, setTime] = useState("");
	const { closedByHand } = opening;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (time !== "") void close(atTimeOf(opening.at, time));
	};
	return (
		<section className={styles.opening}>
			<p data-closed={!opening.open}>{openingSentence(opening, t, clock)}</p>
			{closedByHand === null ? (
				<form onSubmit={submit}>
					<button type="button" onClick={() => void close(null)}>
						{t("closeToday")}
					</button>
					<input
						type="time"
						required
						aria-label={t("closeUntilTime")}
						value={time}
						onChange={(event) => setTime(event.target.value)}
					/>
					<button type="submit">{t("closeUntil")}</button>
				</form>
			) : (
				<button type="button" onClick={() => void reopen()}>
					{t("reopenSite")}
				</button>
			)}
			<p className={styles.soft}>{t("closeHint")}</p>
		</section>
	);
}

function openingSentence(
	{ open, opensAt, closesAt, closedByHand }: OpeningNow,
	t: PanelProps["t"],
	clock: PanelProps["clock"],
): string {
	if (closedByHand !== null) return t("siteClosedByHand", { time: clock(closedByHand.until) });
	if (!open) return opensAt === null ? t("siteClosedNoHours") : t("siteClosedHours", { time: clock(opensAt) });
	return closesAt === null ? t("siteOpen") : t("siteOpenUntil", { time: clock(closesAt) });
}

/** The instant at which this desk's wall clock shows a time ("14:00") on the day of another instant. */
function atTimeOf(instant: number, time: string): number {
	const [hours = 0, minutes = 0] = time.split(":").map(Number);
	return new Date(instant).setHours(hours, minutes, 0, 0);
}

interface LeftOpenRowProps extends PanelProps {
	day: LeftOpen;
	bringBack(ticket: LeftOpen["atCounters"][number]): Promise<void>;
}

function LeftOpenRow({ day, t, messages, bringBack }: LeftOpenRowProps) {
	const { serviceDay, atCounters, waiting, parked, missed } = day;
	return (
		<tr>
			<td>
				<strong>{serviceDay}</strong>
				<span className={styles.second}>{t("leftOpenCounts", { waiting, parked, missed })}</span>
				{atCounters.map(({ id, number, counter, state }) => (
					<span key={id} className={styles.second}>
						{t("leftAtCounter", { number, counter, state: messages.t(`state_${state}`) })}
					</span>
				))}
				{atCounters.length > 0 && <span className={styles.second}>{t("bringBackHint")}</span>}
			</td>
			<td className={styles.rowActions}>
				{atCounters.map((ticket) => (
					<button
						key={ticket.id}
						type="button"
						aria-label={t("bringBackOf", ticket)}
						onClick={() => void bringBack(ticket)}
					>
						{t("bringBack")} {ticket.number}
					</button>
				))}
			</td>
		</tr>
	);
}
