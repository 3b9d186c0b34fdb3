// What became of attempts: by day, by package, by runner.
import { get } from './api.js'
import { durations, outcomes } from './charts.js'
import { h } from './dom.js'
import { empty, panel, row, toJob, toPackage } from './parts.js'
import { count, percent, plural, span } from './text.js'

const ranges = [['1', '24 h'], ['7', '7 days'], ['30', '30 days'], ['90', '90 days']]

export function statistics(query) {
    let data = null
    const range = query.get('days') ?? '30'
    const load = async signal => {
        const since = new Date(Date.now() - Number(range) * 864e5).toISOString()
        const by = async word => (await get('/stats', { by: word, since }, { signal })).stats
        const [total, days, packages, runners] = await Promise.all([by(undefined), by('day'), by('package'), by('runner')])
        data = { total: total[0], days: everyDay(days, Number(range)), packages, runners }
    }
    return {
        load,
        isLoaded: () => data !== null,
        concerns: event => event.event === 'build.ended',
        title: () => 'Statistics · bf',
        draw: () => data && h('div', {},
            h('div', { class: 'heading' }, h('h1', {}, 'Statistics'),
                h('div', { class: 'choices', role: 'group', 'aria-label': 'Time' },
                    ranges.map(([days, name]) => h('a',
                    { href: `#/stats?days=${days}`, 'aria-current': days === range ? 'true' : null }, name)))),
            data.total?.attempts ? [totals(data.total),
                h('div', { class: 'columns even' }, left(data), right(data))] : h('div', { class: 'panel' },
                empty('Nothing was built in this time.'))),
    }
}

/** The days of a time in their order, those without attempts too. */
function everyDay(days, range) {
    const known = new Map(days.map(day => [day.group, day]))
    return Array.from({ length: Math.max(7, range) }, (_, index, length = Math.max(7, range)) => {
        const group = new Date(Date.now() - (length - 1 - index) * 864e5).toISOString().slice(0, 10)
        return known.get(group) ?? { group, attempts: 0, success: 0, failed: 0, cancelled: 0 }
    })
}

function totals(total) {
    const tile = (name, value, more) => h('div', { class: 'tile' }, h('dt', {}, name),
        h('dd', {}, h('b', {}, value), more && h('small', {}, more)))
    return h('dl', { class: 'glance' },
        tile('Success rate', total.success_rate === undefined ? '–' : percent(total.success_rate),
            `${count(total.success)} of ${count(total.success + total.failed)}`),
        tile('Attempts', count(total.attempts), total.cancelled > 0 && `${count(total.cancelled)} cancelled`),
        tile('Median time', span(total.median_ms), `p90 ${span(total.p90_ms)}`),
        tile('Work done', span(total.total_ms), `in ${span(total.busy_ms)}`),
        tile('Throughput', total.per_hour === undefined ? '–' : count(Math.round(total.per_hour)), 'per busy hour'))
}

const left = ({ days, runners }) => h('div', {},
    panel('Outcomes', h('span', { class: 'legend' }, h('i', { class: 'success' }), 'succeeded', h('i', { class: 'failed' }),
        'failed', h('i', { class: 'cancelled' }), 'cancelled'), outcomes(days)),
    panel('Durations', h('span', { class: 'legend' }, h('i', { class: 'median_ms' }), 'median', h('i', { class: 'p90_ms' }),
        'p90'), durations(days)),
    panel('Runners', h('span', {}, 'time at work'),
        h('dl', { class: 'facts wide' },
        runners.map(group => h('div', { key: group.group },
        h('dt', {}, group.busiest?.host ?? '', ' ', h('code', {}, group.group)),
        h('dd', {}, `${span(group.total_ms)} · ${plural(group.attempts, 'attempt')}`))))))

function right({ total, packages }) {
    const slow = packages.filter(group => group.median_ms !== undefined).sort((a, b) => b.median_ms - a.median_ms).slice(0, 10)
    const frail = packages.filter(group => group.failed > 0).sort((a,
        b) => a.success_rate - b.success_rate || b.failed - a.failed).slice(0, 10)
    const classes = Object.entries(total.classes ?? {}).sort((a, b) => b[1] - a[1])
    return h('div', {},
        slow.length > 0 && panel('Slowest packages', h('span', {}, 'median'), meter(slow, 'pending', group => group.median_ms, span)),
        frail.length > 0 && panel('Least reliable', h('span', {}, 'failed'),
            meter(frail, 'failed', group => group.failed / (group.failed + group.success), percent)),
        classes.length > 0 && panel('Why attempts failed', null,
            h('dl', { class: 'facts wide' },
            classes.map(([name, number]) => h('div', {}, h('dt', {}, name.replace('_', ' ')), h('dd', {}, count(number)))))))
}

function meter(groups, kind, value, text) {
    const most = Math.max(...groups.map(value))
    return h('div', { class: 'rows' },
        groups.map(group => row(toPackage(group.group), { key: group.group, class: 'meter' }, h('span', {}, group.group),
        h('span', { class: `gauge ${kind}` }, h('i', { style: { width: `${(100 * value(group)) / most}%` } })),
        h('b', {}, text(value(group))))))
}
