// What numbers and times look like.

/** Without what could steer a screen: control characters and marks that turn the direction of writing. */
export const clean = text => String(text).replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')

/** 1,234 */
export const count = number => Number(number ?? 0).toLocaleString('en')

/** One or many: plural(2, 'job') is "2 jobs". */
export const plural = (number, word) => `${count(number)} ${word}${number === 1 ? '' : 's'}`

/** A duration in milliseconds, in at most two units. */
export function span(milliseconds) {
    if (milliseconds == null || Number.isNaN(milliseconds)) return '–'
    if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`
    const seconds = milliseconds / 1000
    if (seconds < 10) return `${seconds.toFixed(1)} s`
    if (seconds < 60) return `${Math.floor(seconds)} s`
    const minutes = Math.floor(seconds / 60)
    if (minutes < 60) return `${minutes} min ${pad(Math.floor(seconds % 60))} s`
    const hours = Math.floor(minutes / 60)
    if (hours < 48) return `${hours} h ${pad(minutes % 60)} min`
    return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

const pad = number => String(number).padStart(2, '0')

/** A length of time that does not flicker: its largest unit only. */
export function rough(milliseconds) {
    const seconds = Math.round(milliseconds / 1000)
    if (seconds < 60) return `${Math.max(1, seconds)} s`
    if (seconds < 3600) return `${Math.round(seconds / 60)} min`
    if (seconds < 172800) return `${Math.round(seconds / 3600)} h`
    return `${Math.round(seconds / 86400)} d`
}

/** How long ago, or how soon, a time is. */
export function relative(time, now = Date.now()) {
    const passed = now - Date.parse(time)
    if (Math.abs(passed) < 5000) return 'now'
    return passed > 0 ? `${rough(passed)} ago` : `in ${rough(-passed)}`
}

/** A time in full, in the reader's own zone. */
export const exact = time =>
    new Date(time).toLocaleString('sv', { timeZoneName: 'short', hour12: false }) + ' · ' + time

/** Bytes in binary units. */
export function size(bytes) {
    if (bytes == null) return '–'
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
    let unit = 0
    for (; bytes >= 1024 && unit < 4; unit++) bytes /= 1024
    return `${unit && bytes < 10 ? bytes.toFixed(1) : Math.round(bytes)} ${units[unit]}`
}

/** A part of one as 97 %; never a rounded 100 or 0. */
export function percent(part) {
    const value = part * 100
    if (value > 99 && value < 100) return '> 99 %'
    return value > 0 && value < 1 ? '< 1 %' : `${Math.round(value)} %`
}

/** The first digits of a digest. */
export const short = digest => String(digest).replace(/^sha256:/, '').slice(0, 12)
