import { type FormEvent, useState } from "react";
import { createPortal } from "react-dom";
import type { DayClosing } from "../../../protocol/model/staff.ts";
import type { CancelReason } from "../../../protocol/model/ticket.ts";
import { formatDate } from "../../i18n/format-time.ts";
import { Decision, Dialog } from "../components/dialog.tsx";
import { REASON_MESSAGES } from "../messages/model-messages.ts";
import styles from "./close-day.module.css";
import type { PanelProps } from "./panel.tsx";
import { useRequest } from "./use-request.ts";

/** Closing the day in one act: what it would do, what it left to do as a list to print, and taking it back. */
export function CloseDay(props: PanelProps & { onChange(): void }) {
	const { supervisor, t, clock, report, onChange } = props;
	const request = useRequest(supervisor.dayClosing, props.changed);
	const [isAsking, setAsking] = useState(false);
	const day = request.value;
	if (day === null) return null;
	const act = async (send: ReturnType<typeof supervisor.closeDay>) => {
		report(await send);
		request.reload();
		onChange();
	};
	const isOver = day.closedByHand !== null && day.open.length === 0;
	return (
		<section className={styles.day}>
			<h3>{t("closeDay")}</h3>
			{isOver ? (
				<p>{t("dayClosed", { time: clock(day.closedByHand?.since ?? day.at) })}</p>
			) : (
				<p>{t("closeDayHint")}</p>
			)}
			<div className={styles.acts}>
				{!isOver && (
					<button type="button" className={styles.main} onClick={() => setAsking(true)}>
						{t("closeDayAsk")}
					</button>
				)}
				{day.restorable > 0 && (
					<button type="button" onClick={() => void act(supervisor.undoCloseDay())}>
						{t("closeDayUndo", { count: day.restorable })}
					</button>
				)}
				<button type="button" onClick={() => window.print()}>
					{t("printLeft")}
				</button>
			</div>
			<LeftToDo day={day} {...props} />
			{createPortal(
				<div className={styles.paper} data-printed>
					<h1>
						{props.siteName} · {formatDate(day.at, props.messages.language, props.timeZone)}
					</h1>
					<LeftToDo day={day} {...props} />
				</div>,
				document.body,
			)}
			{isAsking && (
				<Dialog title={t("closeDay")} onDismiss={() => setAsking(false)}>
					<Preview
						{...props}
						day={day}
						onDismiss={() => setAsking(false)}
						onClose={(reason) => {
							setAsking(false);
							void act(supervisor.closeDay(reason));
						}}
					/>
				</Dialog>
			)}
		</section>
	);
}

interface DayProps extends PanelProps {
	day: DayClosing;
}

/** What will happen, and why those who wait are told so. */
function Preview({ day, t, messages, onClose, onDismiss }: DayProps & PreviewActs) {
	const [reason, setReason] = useState<CancelReason>("closed");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onClose(reason);
	};
	const { open, atCounters, expected } = day;
	return (
		<form onSubmit={submit} className={styles.preview}>
			<ul>
				<li>{t("closeDayStops")}</li>
				<li>
					{t("closeDayCancels", { count: open.length })}
					<Numbers of={open} />
				</li>
				{atCounters.length > 0 && (
					<li>
						{t("closeDayKeeps", { count: atCounters.length })}
						<Numbers of={atCounters} />
					</li>
				)}
				{expected.length > 0 && <li>{t("closeDayExpected", { count: expected.length })}</li>}
			</ul>
			<p>{t("closeDayUndoable")}</p>
			<label>
				{t("closeDayReason")}
				<select value={reason} data-first onChange={(event) => setReason(event.target.value as CancelReason)}>
					{Object.entries(REASON_MESSAGES).map(([one, key]) => (
						<option key={one} value={one}>
							{messages.t(key)}
						</option>
					))}
				</select>
			</label>
			<Decision dismiss={t("dismiss")} decide={t("closeDay")} ready onDismiss={onDismiss} />
		</form>
	);
}

interface PreviewActs {
	onClose(reason: CancelReason): void;
	onDismiss(): void;
}

function Numbers({ of }: { of: readonly { id: string; number: string }[] }) {
	return (
		<span className={styles.numbers}>
			{of.map(({ id, number }) => (
				<bdi key={id} dir="ltr">
					{number}
				</bdi>
			))}
		</span>
	);
}

/** The list that can be printed: who is still at a counter, who still waits, and who is still expected. */
function LeftToDo({ day: { at, open, atCounters, expected }, topics, messages, t, clock }: DayProps) {
	const names = new Map<string, string>(topics.map(({ id, name }) => [id, name]));
	const nameOf = (topic: string) => names.get(topic) ?? topic;
	const isEmpty = open.length + atCounters.length + expected.length === 0;
	return (
		<div className={styles.left}>
			<h4>{t("leftNow", { time: clock(at) })}</h4>
			{isEmpty && <p>{t("leftNothing")}</p>}
			<ul>
				{atCounters.map(({ id, number, state, counter, staff }) => (
					<li key={id}>
						<bdi dir="ltr">{number}</bdi>
						<span>
							{t("labelled", {
								label: t("leftAt", { counter, state: messages.t(`state_${state}`) }),
								value: staff ?? t("leftUnstaffed"),
							})}
						</span>
					</li>
				))}
				{open.map(({ id, number, state, topic, arrivedAt }) => (
					<li key={id}>
						<bdi dir="ltr">{number}</bdi>
						<span>
							{t("leftOpenTicket", {
								state: messages.t(`state_${state}`),
								topic: nameOf(topic),
								time: clock(arrivedAt),
							})}
						</span>
					</li>
				))}
				{expected.map(({ at: bookedAt, topic }, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: bookings of one time and topic differ in nothing that is shown.
					<li key={`${bookedAt} ${topic} ${index}`}>
						<span>{clock(bookedAt)}</span>
						<span>{t("leftExpected", { topic: nameOf(topic) })}</span>
					</li>
				))}
			</ul>
		</div>
	);
}
