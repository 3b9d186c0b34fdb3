// A package: all its attempts that are known.
import { get } from './api.js'
import { history } from './charts.js'
import { h } from './dom.js'
import { empty, mark, nameOf, panel, row, toJob, when } from './parts.js'
import { percent, plural, span } from './text.js'

export function packageView(name) {
    let list = null
    return {
        async load(signal) {
            list = (await get('/history', { package: name, limit: 200 }, { signal })).history
        },
        isLoaded: () => list !== null,
        concerns: event => event.event === 'attempt.ended' || event.event === 'job.ended',
        state: () => list?.[0]?.state,
        title: () => `${name} · bf`,
        draw: () => list && h('div', {}, h('div', { class: 'heading' }, h('h1', {}, name), h('span', {}, summary(list))),
            list.length > 1 && panel('Durations', h('span', {}, 'oldest to newest'), history(list.slice(0, 120).reverse())),
            panel('Attempts', h('span', {}, plural(list.length, 'attempt')),
                list.length ? h('div', { class: 'rows' }, list.map(attemptRow)) : empty('This package was never built.'))),
    }
}

function summary(list) {
    const judged = list.filter(attempt => attempt.state !== 'cancelled')
    return judged.length > 0 && `${percent(judged.filter(attempt => attempt.state === 'success').length / judged.length)} succeeded`
}

const attemptRow = attempt => row(attempt.collected ? '#' : toJob(attempt.job), { key: attempt.id, class: 'attempt' },
    mark(attempt.state),
    h('span', { class: 'what' }, h('b', {}, attempt.cell ? nameOf(attempt) : attempt.arch), h('code', {}, attempt.build),
    attempt.class && h('small', { class: 'failed' }, attempt.class.replace('_', ' '))), h('small', {}, attempt.host),
    h('span', { class: 'time' }, span(attempt.duration_ms)), h('span', { class: 'age' }, when(attempt.ended)))
