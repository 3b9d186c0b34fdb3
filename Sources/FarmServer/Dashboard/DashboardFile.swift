/// A file of the page, as it is sent.
struct DashboardFile: Sendable {
    let name: String
    let bytes: [UInt8]

    /// Its media type, by the end of its name.
    var type: String {
        switch name.split(separator: ".").last {
        case "html": "text/html; charset=utf-8"
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        default: "application/octet-stream"
        }
    }
}

extension DashboardFile {
    /// The page itself; `{version}` in it stands for the folder that the others are asked for in, `{modules}` for what is loaded beforehand.
    static let index = DashboardFile(name: "index.html", bytes: PackageResources.index_html)

    /// What the page asks for.
    static let assets = [
        DashboardFile(name: "ansi.js", bytes: PackageResources.ansi_js),
        DashboardFile(name: "api.js", bytes: PackageResources.api_js),
        DashboardFile(name: "app.js", bytes: PackageResources.app_js),
        DashboardFile(name: "build.js", bytes: PackageResources.build_js),
        DashboardFile(name: "builds.js", bytes: PackageResources.builds_js),
        DashboardFile(name: "charts.js", bytes: PackageResources.charts_js),
        DashboardFile(name: "dialog.js", bytes: PackageResources.dialog_js),
        DashboardFile(name: "dom.js", bytes: PackageResources.dom_js),
        DashboardFile(name: "files.js", bytes: PackageResources.files_js),
        DashboardFile(name: "graph-layout.js", bytes: PackageResources.graph_layout_js),
        DashboardFile(name: "graph-view.js", bytes: PackageResources.graph_view_js),
        DashboardFile(name: "icon.svg", bytes: PackageResources.icon_svg),
        DashboardFile(name: "job.js", bytes: PackageResources.job_js),
        DashboardFile(name: "keyboard.js", bytes: PackageResources.keyboard_js),
        DashboardFile(name: "log-search.js", bytes: PackageResources.log_search_js),
        DashboardFile(name: "log-source.js", bytes: PackageResources.log_source_js),
        DashboardFile(name: "log-view.js", bytes: PackageResources.log_view_js),
        DashboardFile(name: "overview.js", bytes: PackageResources.overview_js),
        DashboardFile(name: "package.js", bytes: PackageResources.package_js),
        DashboardFile(name: "parts.js", bytes: PackageResources.parts_js),
        DashboardFile(name: "queue.js", bytes: PackageResources.queue_js),
        DashboardFile(name: "search.js", bytes: PackageResources.search_js),
        DashboardFile(name: "session.js", bytes: PackageResources.session_js),
        DashboardFile(name: "stats.js", bytes: PackageResources.stats_js),
        DashboardFile(name: "stream.js", bytes: PackageResources.stream_js),
        DashboardFile(name: "style.css", bytes: PackageResources.style_css),
        DashboardFile(name: "text.js", bytes: PackageResources.text_js),
        DashboardFile(name: "workers.js", bytes: PackageResources.workers_js),
    ]
}
