extension BuiltInPipelines {
    /// Java projects of Maven.
    static let maven = [
        "maven/configure-mirror": #"""
        name: Take Maven's downloads from a mirror
        needs:
          packages:
            - busybox
        pipeline:
          - runs: |
        \#(mavenRepository)
              # Maven looks in the home of the user, whatever HOME says.
              mkdir -p /root/.m2
              mirror=https://maven-central.storage-download.googleapis.com/maven2/
              printf '<settings><mirrors><mirror>%s%s%s</mirror></mirrors></settings>\n' \
                '<id>google-maven-central</id><name>Mirror of Maven Central</name>' \
                "<url>$mirror</url>" '<mirrorOf>central</mirrorOf>' > /root/.m2/settings.xml
        """#,
        "maven/pombump": #"""
        name: Raise dependencies and properties of a Maven project
        needs:
          packages:
            - busybox
            - pombump
        inputs:
          patch-file:
            description: The file that lists dependencies; one that is missing is passed over.
            default: ./pombump-deps.yaml
          properties-file:
            description: The file that lists properties; one that is missing is passed over.
            default: ./pombump-properties.yaml
          dependencies:
            description: Dependencies to raise.
          properties:
            description: Properties to set.
          pom:
            description: The project file.
            default: pom.xml
          debug:
            description: Whether the changes are printed; true or false.
            default: false
          show-dependency-tree:
            description: Whether the dependencies are printed before; true or false.
            default: false
        pipeline:
          - runs: |
        \#(mavenRepository)
              set --
              [ ! -f "${{inputs.patch-file}}" ] || set -- "$@" --patch-file "${{inputs.patch-file}}"
              [ ! -f "${{inputs.properties-file}}" ] || set -- "$@" --properties-file "${{inputs.properties-file}}"
              [ -z "${{inputs.dependencies}}" ] || set -- "$@" --dependencies "${{inputs.dependencies}}"
              [ -z "${{inputs.properties}}" ] || set -- "$@" --properties "${{inputs.properties}}"
              [ "${{inputs.show-dependency-tree}}" != true ] || mvn dependency:tree
              pom="${{inputs.pom}}"
              pombump "$pom" "$@" > "$pom.new"
              [ "${{inputs.debug}}" != true ] || diff -w "$pom" "$pom.new" || :
              mv "$pom.new" "$pom"
        """#,
    ]

    /// Downloads are kept with the farm's other caches. A link, because some projects name ~/.m2/repository themselves.
    private static let mavenRepository = #"""
              if [ -d /var/cache/melange ]; then
                mkdir -p /var/cache/melange/m2repository
                for home in /root "$HOME"; do
                  mkdir -p "$home/.m2"
                  [ -e "$home/.m2/repository" ] || ln -s /var/cache/melange/m2repository "$home/.m2/repository"
                done
              fi
        """#
}
