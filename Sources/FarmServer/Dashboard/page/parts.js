// Pieces that several views are made of.
import { part } from './api.js'
import { h } from './dom.js'
import { count, exact, relative, rough, span } from './text.js'

export const jobStates = ['success', 'unchanged', 'running', 'failed', 'skipped', 'cancelled', 'pending']

/** Why a job waits, in a few words; the codes of bf(7). */
export const waits = {
    cancelling: 'is being cancelled',
    recovering: 'its runner is gone',
    dependency: 'needs other jobs first',
    shared: 'waits for an identical job',
    paused: 'is paused',
    not_before: 'may start later only',
    backoff: 'is tried again soon',
    no_runner: 'no runner is at work',
    not_selected: 'runners take other jobs only',
    unsatisfiable: 'no runner fits',
    backend_offline: 'backend does not answer',
    backend_drained: 'backend takes no more',
    breaker_open: 'backend rests after failures',
    backend_full: 'all slots are busy',
    pressure: 'memory or disk is short',
    starting: 'starts now',
}

/** The state as a shape and a colour; its word is for those who see neither. */
export const mark = (state, size = 16) =>
    h('svg', { class: `mark ${state}`, width: size, height: size, role: 'img', 'aria-label': state }, h('use', { href: `#s-${state}` }))

export const stateOf = job => (job.state === 'success' && job.unchanged ? 'unchanged' : job.state)

export const badge = state => h('span', { class: `badge ${state}` }, mark(state, 14), state)

/** A time as people say it; in full when pointed at. */
export const when = time => time && h('time', { datetime: time, title: exact(time) }, relative(time))

export const elapsed = record =>
    record.duration_ms != null
        ? span(record.duration_ms)
        : record.started || record.claimed
          ? rough(Date.now() - Date.parse(record.started ?? record.claimed))
          : ''

export const toBuild = id => `#/builds/${part(id)}`
export const toJob = id => `#/jobs/${part(id)}`
export const toPackage = name => `#/packages/${name.split('/').map(part).join('/')}`

/** The job as people write it: name, architecture where it matters, cell. */
export const nameOf = job =>
    job.name + (job.cell ? `[${Object.entries(job.cell).map(pair => pair.join('=')).join(',')}]` : '')

/** How many jobs of a build are in which state, as parts of a line. */
export function bar(build) {
    const counts = countsOf(build)
    const told = jobStates.filter(state => counts[state]).map(state => `${count(counts[state])} ${state}`).join(', ')
    return h(
        'span', { class: 'bar', role: 'img', 'aria-label': `Of ${build.jobs} jobs: ${told}`, title: told },
        jobStates.map(state => counts[state] > 0 && h('i', { key: state, class: state, style: { 'flex-grow': String(counts[state]) } })))
}

/** Unchanged jobs are counted apart from those that were built. */
export function countsOf(build) {
    const counts = {}
    for (const state of jobStates) counts[state] = build[state] ?? 0
    counts.success -= counts.unchanged
    return counts
}

/** "38 of 60": how many jobs have ended. */
export const ended = build => build.jobs - (build.pending ?? 0) - (build.running ?? 0)

/** When a build will be done. */
export const eta = build =>
    build.eta && h('span', { class: 'eta',
        title: `probably ${exact(build.eta)}${build.eta_p90 ? `; nine times of ten by ${exact(build.eta_p90)}` : ''}` },
        Date.parse(build.eta) > Date.now() ? `≈ ${rough(Date.parse(build.eta) - Date.now())} left` : 'any moment')

/** A row of a list: a link that j and k walk through. */
export const row = (href, props, ...children) => h('a', { href, ...props, class: `row ${props.class ?? ''}`, 'data-row': '' },
    ...children)

export const panel = (title, aside, ...children) =>
    h('section', { key: title, class: 'panel', 'aria-label': title }, h('header', {}, h('h2', {}, title), aside), ...children)

export const empty = (...text) => h('p', { class: 'empty' }, ...text)

/** A button that acts on the farm; the answer may take a while. */
export function action(label, props, act) {
    const press = async event => {
        const button = event.currentTarget
        button.disabled = true
        await act().finally(() => (button.disabled = false))
    }
    return h('button', { type: 'button', ...props, onclick: press }, label)
}
