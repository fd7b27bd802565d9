import { type FormEvent, useState } from "react";
import type { DeviceKind } from "../../../protocol/model/device.ts";
import { formattingLocale } from "../../i18n/languages.ts";
import type { Store } from "../../ui/store.ts";
import type { Setup } from "../effects/setup-effects.ts";
import type { SetupLanguage, Translate } from "../messages/messages.ts";
import styles from "../setup.module.css";
import { groupCode, type SetupEvent, type SetupState } from "../state/state.ts";

interface DevicesProps {
	state: Extract<SetupState, { at: "managing" }>;
	store: Store<SetupState, SetupEvent>;
	pair: Setup;
	t: Translate;
	language: SetupLanguage;
}

/** The protocol's kinds without its schemas (zod stays out of the screens): the type holds the two against each other. */
const KINDS = Object.keys({ desk: 0, board: 0, kiosk: 0 } satisfies Record<DeviceKind, 0>) as DeviceKind[];

/** A supervisor lets devices in, sees them and shuts them out. */
export function Devices({ state, store, pair, t, language }: DevicesProps) {
	const { devices, removing, failed, made } = state;
	return (
		<div className={styles.column}>
			<section className={styles.card}>
				<h2>{t("makeHeading")}</h2>
				{made === null ? (
					<MakeCode pair={pair} t={t} />
				) : (
					<div role="status" className={styles.made}>
						<p className={styles.hint}>{t("pairedAs", { kind: t(`kind.${made.kind}`), name: made.name })}</p>
						<p className={styles.madeCode} dir="ltr">
							{groupCode(made.code)}
						</p>
						<p className={styles.hint}>{t("madeHint", { time: time(made.expiresAt, language) })}</p>
					</div>
				)}
				<p role="alert" className={styles.refusal}>
					{failed && t("failed")}
				</p>
			</section>
			<section className={styles.card}>
				<h2>{t("devicesHeading")}</h2>
				{devices.length === 0 && <p className={styles.hint}>{t("devicesNone")}</p>}
				<ul className={styles.devices}>
					{devices.map(({ id, kind, name, seenAt }) => (
						<li key={id}>
							<p>
								<strong>{name}</strong>
								<span className={styles.hint}>
									{t(`kind.${kind}`)} · {t("seen")} {moment(seenAt, language)}
								</span>
							</p>
							{removing === id ? (
								<div className={styles.sure}>
									<p>{t("removeSure", { name })}</p>
									<button
										type="button"
										className={styles.quiet}
										onClick={() => store.dispatch({ type: "removing", id: null })}
									>
										{t("removeNo")}
									</button>
									<button type="button" className={styles.danger} onClick={() => void pair.remove(id)}>
										{t("remove")}
									</button>
								</div>
							) : (
								<button
									type="button"
									className={styles.quiet}
									aria-label={`${t("remove")}: ${name}`}
									onClick={() => store.dispatch({ type: "removing", id })}
								>
									{t("remove")}
								</button>
							)}
						</li>
					))}
				</ul>
			</section>
		</div>
	);
}

function MakeCode({ pair, t }: Pick<DevicesProps, "pair" | "t">) {
	const [kind, setKind] = useState<DeviceKind>("desk");
	const [name, setName] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() !== "") void pair.makeCode({ kind, name: name.trim() });
	};
	return (
		<form className={styles.make} onSubmit={submit}>
			<fieldset className={styles.kinds}>
				<legend>{t("makeKind")}</legend>
				{KINDS.map((one) => (
					<label key={one}>
						<input type="radio" name="kind" value={one} checked={one === kind} onChange={() => setKind(one)} />
						<span>{t(`kind.${one}`)}</span>
					</label>
				))}
			</fieldset>
			<label className={styles.field}>
				<span className={styles.label}>{t("makeName")}</span>
				<input
					className={styles.text}
					value={name}
					maxLength={40}
					autoComplete="off"
					placeholder={t("makeNameHint")}
					required
					onChange={(event) => setName(event.currentTarget.value)}
				/>
			</label>
			<button type="submit" className={styles.primary}>
				{t("make")}
			</button>
		</form>
	);
}

function time(instant: number, language: SetupLanguage): string {
	const hours = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
	return new Intl.DateTimeFormat(formattingLocale(language), hours).format(instant);
}

function moment(instant: number, language: SetupLanguage): string {
	const parts = { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
	return new Intl.DateTimeFormat(formattingLocale(language), parts).format(instant);
}
