extension BuiltInPipelines {
    /// What kind of package an installed one is, by the program package-type-check.
    static let toolPackages = [
        "test/tw/byproductpackage": #"""
        name: Check that the package is a by-product of a build
        needs:
          packages:
            - package-type-check
        pipeline:
          - runs: |
              package-type-check byproduct "${{context.name}}"
        """#,
        "test/tw/debugpackage": #"""
        name: Check that the package is for debuggers
        needs:
          packages:
            - package-type-check
        pipeline:
          - runs: |
              package-type-check debug "${{context.name}}"
        """#,
        "test/tw/devpackage": #"""
        name: Check that the package is for builds
        needs:
          packages:
            - package-type-check
        inputs:
          prefix:
            description: The folder that headers are below.
            default: "/usr"
        pipeline:
          - runs: |
              package-type-check dev "${{context.name}}" --prefix "${{inputs.prefix}}"
        """#,
        "test/tw/docs": #"""
        name: Check that the package is documentation
        needs:
          packages:
            - package-type-check
        inputs:
          path-prefix:
            description: The folder that documentation is below.
            default: "usr/share"
        pipeline:
          - runs: |
              package-type-check docs "${{context.name}}" --path-prefix "${{inputs.path-prefix}}"
        """#,
        "test/tw/emptypackage": #"""
        name: Check that the package is empty
        needs:
          packages:
            - package-type-check
        pipeline:
          - runs: |
              package-type-check empty "${{context.name}}"
        """#,
        "test/tw/metapackage": #"""
        name: Check that the package only stands for others
        needs:
          packages:
            - package-type-check
        pipeline:
          - runs: |
              package-type-check meta "${{context.name}}"
        """#,
        "test/tw/staticpackage": #"""
        name: Check that the package is static libraries
        needs:
          packages:
            - package-type-check
        pipeline:
          - runs: |
              package-type-check static "${{context.name}}"
        """#,
        "test/tw/virtualpackage": #"""
        name: Check that the package provides names
        needs:
          packages:
            - package-type-check
            - busybox
        inputs:
          virtual-pkg-name:
            description: The names, separated by spaces.
            required: true
        pipeline:
          - runs: |
              package-type-check virtual "${{context.name}}" --virtual-pkg "${{inputs.virtual-pkg-name}}"
        """#,
    ]
}
