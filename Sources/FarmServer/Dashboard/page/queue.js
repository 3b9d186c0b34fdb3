// Jobs that wait, in the order in which runners take them, each with what it waits for.
import { get } from './api.js'
import { h } from './dom.js'
import { empty, mark, nameOf, panel, row, toJob, waits, when } from './parts.js'
import { plural } from './text.js'

/** A job that waits, as a row. */
export const queueRow = job => row(toJob(job.id), { key: job.id, class: 'queued' },
    job.position ? h('span', { class: 'position', title: 'place among the jobs that wait for a runner only' },
        job.position) : mark('pending'),
    h('span', { class: 'what' }, h('b', {}, nameOf(job))),
    h('span', { class: 'why' }, because(job)))

function because(job) {
    if (job.waits_for === 'dependency' && job.needs?.length) {
        const [first, ...others] = job.needs
        return ['needs ', h('em', {}, first), others.length > 0 && ` and ${others.length} more`]
    }
    if (job.due) return [job.waits_for === 'backoff' ? 'is tried again ' : 'may start ', when(job.due)]
    return waits[job.waits_for] ?? job.waits_for
}

/** The list. */
export function queue() {
    let list = null
    let isPaused = null
    return {
        async load(signal) {
            const answer = await get('/queue', { limit: 1000 }, { signal })
            list = answer.queue
            isPaused = answer.paused
        },
        isLoaded: () => list !== null,
        concerns: () => true,
        title: () => `${list?.length ? `${list.length} waiting · ` : ''}Queue · bf`,
        draw: () => list && h('div', {}, h('div', { class: 'heading' }, h('h1', {}, 'Queue')),
            isPaused && h('p', { class: 'notice' }, 'The farm is paused.'),
            panel('Waiting jobs', h('span', {}, plural(list.length, 'job')),
                list.length ? h('div', { class: 'rows' }, list.map(queueRow)) : empty('Nothing waits.'))),
    }
}
