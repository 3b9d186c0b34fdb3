// The runners at work, and what they run.
import { get, part, post } from './api.js'
import { say } from './dialog.js'
import { h } from './dom.js'
import { action, elapsed, empty, mark, nameOf, panel, toJob, when } from './parts.js'
import { may } from './session.js'
import { plural } from './text.js'

const known = new Map()

/** Running jobs, each with its runner: their last attempts tell, and are asked for once. */
export async function runningJobs(signal) {
    const { jobs } = await get('/jobs', { state: 'running', limit: 200 }, { signal })
    for (const key of known.keys()) if (!jobs.some(job => keyOf(job) === key)) known.delete(key)
    await Promise.all(jobs.filter(job => !known.has(keyOf(job))).slice(0, 64).map(async job => {
        const { attempts } = await get(`/jobs/${part(job.id)}/attempts`, {}, { signal })
        known.set(keyOf(job), attempts.at(-1)?.runner)
    }))
    return jobs.map(job => ({ ...job, runner: known.get(keyOf(job)) }))
}

const keyOf = job => `${job.id} ${job.attempts}`
const of = (worker, running) => running.filter(job => job.runner === worker.id)

const slots = worker => h('span', { class: 'slots', role: 'img', 'aria-label': `${worker.running} of ${worker.slots} slots busy` },
    Array.from({ length: Math.min(worker.slots, 64) }, (_, index) => h('i', { class: index < worker.running ? 'busy' : '' })))

const condition = worker => (worker.paused ? 'paused' : worker.state === 'draining' ? 'draining' : null)

const running = jobs => h('div', { class: 'runs' },
    jobs.map(job => h('a', { key: job.id, href: toJob(job.id), 'data-row': '' }, mark('running', 13),
    h('span', {}, nameOf(job)), h('small', {}, elapsed(job)))))

/** A runner as a row of the overview. */
export const workerRow = (worker, jobs) => h('div', { key: worker.id, class: 'worker' },
    h('div', {}, h('b', {}, worker.host), condition(worker) && h('small', { class: 'tag' }, condition(worker)), slots(worker),
        h('small', { class: 'load' }, `${worker.running} / ${worker.slots}`)),
    running(of(worker, jobs).slice(0, 8)))

/** All of them. */
export function workers(query, { reload }) {
    let list = null
    let jobs = []
    const load = async signal => {
        const [answer, busy] = await Promise.all([get('/workers', {}, { signal }), runningJobs(signal)])
        list = answer.workers
        jobs = busy
    }
    const change = (worker, verb) => async () => {
        const done = `${worker.host} is ${verb === 'pause' ? 'paused' : 'at work again'}.`
        await post(`/workers/${part(worker.id)}/${verb}`).then(() => say(done), error => say(error.message, 'bad'))
        reload()
    }
    const card = worker => {
        const own = of(worker, jobs)
        const verb = worker.paused ? 'resume' : 'pause'
        return h('article', { key: worker.id, class: 'panel card' },
            h('header', {}, h('h2', {}, worker.host), condition(worker) && h('span', { class: 'tag' }, condition(worker)),
                may('operate') && action(verb === 'pause' ? 'Pause' : 'Resume', { class: 'small' }, change(worker, verb))),
            slots(worker),
            own.length ? running(own) : empty(worker.running ? plural(worker.running, 'job') + ' at work' : 'Idle'),
            h('dl', { class: 'facts' }, fact('Runner', h('code', {}, worker.id)), fact('Process', worker.pid),
                fact('Slots', worker.slots), fact('Since', when(worker.started)),
                worker.paused && fact('Paused', worker.paused.reason ?? worker.paused.by)))
    }
    return {
        load,
        isLoaded: () => list !== null,
        concerns: event => /^(runner|job|farm)\./.test(event.event),
        state: () => (jobs.length ? 'running' : ''),
        title: () => 'Workers · bf',
        draw: () => list && h('div', {},
            h('div', { class: 'heading' }, h('h1', {}, 'Workers'), h('span', {}, plural(list.length, 'runner'))),
            list.length ? h('div', { class: 'cards' }, list.map(card)) : h('div', { class: 'panel' },
                empty('No runner is at work. ', h('code', {}, 'bf-run --daemon'), ' starts one.'))),
    }
}

/** A name and its value. */
export const fact = (name, value) => value !== undefined && value !== null && value !== '' && h('div', { key: name },
    h('dt', {}, name), h('dd', {}, value))
