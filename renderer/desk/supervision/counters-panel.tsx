import { useState } from "react";
import type { Counter, TicketAtHand } from "../../../protocol/model/staff.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import { ChoiceForm } from "../components/choice-form.tsx";
import { Dialog } from "../components/dialog.tsx";
import { choicesAtHand } from "../components/sign-out-dialog.tsx";
import { AT_HAND_MESSAGES, PAUSE_MESSAGES } from "../messages/model-messages.ts";
import { CounterSettingDialog } from "./counter-setting-dialog.tsx";
import type { PanelProps } from "./panel.tsx";
import { List } from "./panel.tsx";
import styles from "./supervision-screen.module.css";
import { useRequest } from "./use-request.ts";

/** All counters: staff, ticket and topics. Supervisors move staff and change settings here. */
export function CountersPanel(props: PanelProps) {
	const { supervisor, topics, messages, t, report, why } = props;
	const request = useRequest(supervisor.counters, props.changed);
	const [setting, setSetting] = useState<Counter | null>(null);
	const [leaving, setLeaving] = useState<Leaving | null>(null);
	/** With a ticket at the counter, asks first what becomes of it. */
	const leave = async ({ counter, to }: Leaving, ticket?: TicketAtHand) => {
		if (counter.ticket !== null && ticket === undefined) return setLeaving({ counter, to });
		setLeaving(null);
		const from = counter.counter;
		report(to === null ? await supervisor.endSession(from, ticket) : await supervisor.move(from, to, ticket));
		request.reload();
	};
	const free = request.value?.counters.flatMap(({ counter, staff }) => (staff === null ? [counter] : [])) ?? [];
	const columns = [t("counter"), t("staff"), t("ticket"), t("serves"), t("actions")];
	return (
		<>
			<List
				request={request}
				columns={columns}
				none={t("nobody")}
				messages={messages}
				why={why}
				rows={({ counters }) =>
					counters.map((counter) => (
						<tr key={counter.counter}>
							<th scope="row">{counter.counter}</th>
							<td>
								<Staff counter={counter} {...props} />
							</td>
							<td>
								<AtCounter counter={counter} reload={request.reload} {...props} />
							</td>
							<td>
								<Serves counter={counter} {...props} />
							</td>
							<td className={styles.rowActions}>
								{counter.staff !== null && free.length > 0 && (
									<Move staff={counter.staff.name} free={free} t={t} onMove={(to) => leave({ counter, to })} />
								)}
								{counter.staff !== null && (
									<button
										type="button"
										aria-label={t("endSessionOf", { staff: counter.staff.name })}
										onClick={() => void leave({ counter, to: null })}
									>
										{t("endSession")}
									</button>
								)}
								<button type="button" onClick={() => setSetting(counter)}>
									{t("setting")}
								</button>
							</td>
						</tr>
					))
				}
			/>
			{leaving?.counter.ticket && (
				<Dialog
					title={messages.t("ticketActions", { number: leaving.counter.ticket.number })}
					onDismiss={() => setLeaving(null)}
				>
					<ChoiceForm
						choices={AT_HAND_MESSAGES}
						offered={choicesAtHand(leaving.counter.ticket)}
						first={choicesAtHand(leaving.counter.ticket)[0] ?? "return"}
						legend="whichAtHand"
						decide={leaving.to === null ? "endSession" : "moveStaff"}
						messages={messages}
						onChoose={(ticket) => void leave(leaving, ticket)}
						onDismiss={() => setLeaving(null)}
					/>
				</Dialog>
			)}
			{setting !== null && (
				<CounterSettingDialog
					counter={setting}
					topics={topics}
					{...{ messages, t }}
					onDismiss={() => setSetting(null)}
					onSave={async (saved) => {
						setSetting(null);
						report(await supervisor.setCounter(setting.counter, saved));
						request.reload();
					}}
				/>
			)}
		</>
	);
}

/** Somebody who is moved, or whose session ends (`to` is null). */
interface Leaving {
	counter: Counter;
	to: string | null;
}

interface CellProps extends PanelProps {
	counter: Counter;
}

function Staff({ counter: { staff, pausedAt, pauseReason }, messages, t, clock }: CellProps) {
	if (staff === null) return <span className={styles.soft}>{t("nobody")}</span>;
	return (
		<>
			<strong>
				<bdi className={styles.person}>{staff.name}</bdi>
			</strong>{" "}
			<span className={styles.soft}>{t(`role_${staff.role}`)}</span>
			<span className={styles.second}>
				{pausedAt === null ? (
					t("atWorkSince", { time: clock(staff.since) })
				) : (
					<span className={styles.paused}>
						{t("onBreakSince", { time: clock(pausedAt) })}
						{pauseReason !== null && `: ${messages.t(PAUSE_MESSAGES[pauseReason])}`}
					</span>
				)}
			</span>
		</>
	);
}

function AtCounter({ counter, reload, supervisor, messages, t, clock, report }: CellProps & { reload(): void }) {
	const { ticket, staff } = counter;
	if (ticket === null) return <span className={styles.soft}>{t("noTicket")}</span>;
	return (
		<>
			<bdi dir="ltr" className={styles.number}>
				{ticket.number}
			</bdi>
			<span className={styles.second}>
				{t("ticketSince", { state: messages.t(`state_${ticket.state}`), time: clock(ticket.since) })}
			</span>
			{staff === null && <span className={styles.stranded}>{messages.t("stranded_counter-left")}</span>}
			<span className={styles.ticketActions}>
				<button
					type="button"
					aria-label={t("returnOf", { number: ticket.number })}
					onClick={async () => {
						report(await supervisor.returnTicket(ticket));
						reload();
					}}
				>
					{messages.t("action_return")}
				</button>
				{ticket.state === "serving" && (
					<button
						type="button"
						aria-label={t("finishOf", { number: ticket.number })}
						onClick={async () => {
							report(await supervisor.finishTicket(ticket));
							reload();
						}}
					>
						{messages.t("action_finish")}
					</button>
				)}
			</span>
		</>
	);
}

function Serves({ counter: { setting }, topics, messages, t }: CellProps) {
	const languages = setting.languages.map((language) => languageNameIn(language, messages.language)).join(" · ");
	return (
		<>
			{setting.topics === null ? t("allTopics") : t("someTopics", { count: setting.topics.length, all: topics.length })}
			<span className={styles.second}>{languages === "" ? t("anyLanguage") : t("prefers", { languages })}</span>
		</>
	);
}

interface MoveProps extends Pick<PanelProps, "t"> {
	staff: string;
	free: readonly string[];
	onMove(to: string): Promise<void>;
}

function Move({ staff, free, t, onMove }: MoveProps) {
	const [chosen, setChosen] = useState("");
	const to = free.includes(chosen) ? chosen : (free[0] ?? "");
	return (
		<>
			<select aria-label={t("moveOf", { staff })} value={to} onChange={(event) => setChosen(event.target.value)}>
				{free.map((counter) => (
					<option key={counter} value={counter}>
						{t("move")} {counter}
					</option>
				))}
			</select>
			<button type="button" aria-label={`${t("moveOf", { staff })} ${to}`} onClick={() => void onMove(to)}>
				{t("moveDo")}
			</button>
		</>
	);
}
