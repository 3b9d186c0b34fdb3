// Downloads. A link cannot carry a key: with one, the bytes go through the page.
import { base, key, request } from './api.js'
import { say } from './dialog.js'
import { h } from './dom.js'

/** A link that saves what is at a path of the interface. */
export function download(path, name, ...content) {
    const save = async event => {
        if (!key()) return
        event.preventDefault()
        try {
            const blob = await (await request(path)).blob()
            const url = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }))
            const link = Object.assign(document.createElement('a'), { href: url, download: name })
            link.click()
            setTimeout(() => URL.revokeObjectURL(url), 60_000)
        } catch (error) {
            say(error.message, 'bad')
        }
    }
    return h('a', { href: base + path, download: name, onclick: save }, ...content)
}
