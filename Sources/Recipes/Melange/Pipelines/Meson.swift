extension BuiltInPipelines {
    /// Projects of Meson.
    static let meson = [
        "meson/configure": #"""
        name: Configure with Meson
        needs:
          packages:
            - meson
        inputs:
          output-dir:
            description: The folder to build in.
            default: output
          opts:
            description: Further arguments of meson setup.
        pipeline:
          - runs: |
              # Subprojects that are not among the sources are missing, not downloaded.
              meson setup --prefix=/usr --wrap-mode=nodownload . ${{inputs.output-dir}} ${{inputs.opts}}
        """#,
        "meson/compile": #"""
        name: Build with Meson
        needs:
          packages:
            - meson
        inputs:
          output-dir:
            description: The folder to build in.
            default: output
        pipeline:
          - runs: |
              meson compile -C ${{inputs.output-dir}} -j "$(nproc)"
        """#,
        "meson/install": #"""
        name: Install with Meson
        needs:
          packages:
            - meson
        inputs:
          output-dir:
            description: The folder that was built in.
            default: output
        pipeline:
          - runs: |
              export DESTDIR="${{targets.contextdir}}"
              meson install -C ${{inputs.output-dir}}
        """#,
    ]
}
