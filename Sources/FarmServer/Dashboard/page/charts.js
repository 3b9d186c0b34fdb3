// Charts as values: plain SVG of a few shapes, each told in words as well.
import { h } from './dom.js'
import { count, span } from './text.js'

const width = 720
const height = 170
const left = 42

/** Attempts of each day as stacked bars: succeeded, failed, cancelled. */
export function outcomes(groups) {
    const most = Math.max(1, ...groups.map(group => group.attempts))
    const step = (width - left) / groups.length
    const bars = groups.map((group, index) => {
        let top = height
        const pieces = ['success', 'failed', 'cancelled'].map(state => {
            const tall = (group[state] / most) * (height - 14)
            top -= tall
            return tall > 0 && h('rect',
                { class: state, x: left + index * step + 1, y: top, width: Math.max(1, Math.min(step - 2, 44)),
                height: Math.max(tall - 1, 0.6), rx: 1.5 })
        })
        return h('g', { key: group.group },
            h('title', {}, `${group.group}: ${count(group.success)} succeeded, ${count(group.failed)} failed, `
                + `${count(group.cancelled)} cancelled`), pieces)
    })
    return chart(`Attempts of each day, at most ${count(most)}`, [grid(most, count), bars, days(groups, step)])
}

/** Median and 90th percentile of each day as lines, on a logarithmic scale: builds take from seconds to hours. */
export function durations(groups) {
    const timed = groups.filter(group => group.median_ms !== undefined)
    const scale = value => height - ((Math.log10(Math.max(value, 10)) - low) / (high - low)) * (height - 20) - 4
    const values = timed.flatMap(group => [group.median_ms, group.p90_ms])
    const low = Math.log10(Math.max(10, Math.min(...values, 1e4))) - 0.2
    const high = Math.log10(Math.max(...values, 1e4)) + 0.1
    const step = (width - left) / groups.length
    const x = group => left + groups.indexOf(group) * step + Math.min(step / 2, 23)
    const line = name => h('path',
        { class: `curve ${name}`,
        d: timed.map((group, index) => `${index ? 'L' : 'M'}${x(group).toFixed(1)} ${scale(group[name]).toFixed(1)}`).join('') })
    const dots = timed.map(group => h('g', { key: group.group },
        h('title', {}, `${group.group}: median ${span(group.median_ms)}, nine of ten within ${span(group.p90_ms)}`),
        ['median_ms', 'p90_ms'].map(name => h('circle', { class: `dot ${name}`, cx: x(group), cy: scale(group[name]), r: 3 }))))
    const ticks = [1e2, 1e3, 1e4, 6e4, 6e5, 36e5, 36e6].filter(tick => Math.log10(tick) > low && Math.log10(tick) < high)
    return chart('Median and 90th percentile of the times of good attempts',
        [ticks.map(tick => rule(scale(tick), span(tick).replace(/ 00 .*|\.0/, ''))), line('p90_ms'), line('median_ms'), dots,
        days(groups, step)])
}

const grid = (most, text) => [1, 0.5].map(part => rule(height - part * (height - 14), text(Math.round(most * part))))

const rule = (y, text) => [h('path', { class: 'rule', d: `M${left} ${y}H${width}` }),
    h('text', { class: 'tick', x: left - 7, y: y + 4, 'text-anchor': 'end' }, text)]

function days(groups, step) {
    const each = Math.ceil(groups.length / 7)
    return groups.map((group, index) => (groups.length - 1 - index) % each === 0 && h('text',
        { class: 'tick', x: left + index * step + Math.min(step, 44) / 2, y: height + 15,
        'text-anchor': index === groups.length - 1 && step < 40 ? 'end' : 'middle' }, group.group.slice(5)))
}

const chart = (label, content) => h('svg',
    { class: 'chart', viewBox: `0 0 ${width} ${height + 20}`, role: 'img', 'aria-label': label }, content)

/** The last attempts of a package, oldest first: how long, and how they ended. */
export function history(attempts) {
    const tall = 64
    const most = Math.max(1, ...attempts.map(attempt => attempt.duration_ms ?? 0))
    return h('svg', { class: 'spark', viewBox: `0 0 ${attempts.length * 10} ${tall}`, preserveAspectRatio: 'xMinYMax meet',
        role: 'img', 'aria-label': `Durations of ${attempts.length} attempts, at most ${span(most)}` },
        attempts.map((attempt, index) => {
            const high = Math.max(3, ((attempt.duration_ms ?? 0) / most) * tall)
            return h('rect', { key: attempt.id, class: attempt.state, x: index * 10 + 1, y: tall - high, width: 8,
                height: high, rx: 1.5 }, h('title', {}, `${attempt.state}, ${span(attempt.duration_ms)}`))
        }))
}
